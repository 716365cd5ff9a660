using System;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Benchmarks.Children;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Byok.Benchmarks.Reader;

/// <summary>A page of a hundred credentials, read in several ways. The figures are for one credential.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class ReaderBenchmarks
{
    private const int Keys = 100;

    private static readonly JsonSerializerOptions Reflection = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly byte[] page = JsonSerializer.SerializeToUtf8Bytes(
        new Page<Credential>([.. GeneratedCredentials.Create(Keys)], Keys), SandboxJson.Default.PageCredential);

    /// <summary>The module's own reader.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public object Module() => new ByokKeyReader().ReadPage(page);

    /// <summary>What anybody would write first.</summary>
    [Benchmark(OperationsPerInvoke = Keys, Baseline = true)]
    public object ReflectionSerializer() => JsonSerializer.Deserialize<PlainPage>(page, Reflection)!;

    /// <summary>The serializer's code made at build time.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public object GeneratedSerializer() => JsonSerializer.Deserialize(page, PlainJson.Default.PlainPage)!;

    /// <summary>The document alone: no value is taken out of it.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public int Document()
    {
        using var document = JsonDocument.Parse(page);
        return document.RootElement.GetProperty("data").GetArrayLength();
    }

    /// <summary>The tokens alone, which every reader over Utf8JsonReader has to pass.</summary>
    [Benchmark(OperationsPerInvoke = Keys)]
    public int Tokens()
    {
        var reader = new Utf8JsonReader(page);
        var count = 0;
        while (reader.Read()) count++;
        return count;
    }

    /// <summary>The bytes that the objects of one credential take, once everything else is gone.</summary>
    internal double RetainedBytes()
    {
        const int Pages = 300;
        var kept = new object[Pages];
        Module();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var index = 0; index < Pages; index++) kept[index] = Module();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(kept);
        return (after - before) / (double)(Pages * Keys);
    }
}
