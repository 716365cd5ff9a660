using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Loader;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OpenRouter.Byok.Benchmarks.Report;

namespace OpenRouter.Byok.Benchmarks.Reader;

/// <summary>Runs the reader's benchmarks in this process, on the assembly of the staged module.</summary>
internal static class ReaderRun
{
    private const double FasterGoal = 1.5;

    private const double BytesGoal = 1.3;

    public static IReadOnlyList<string> Run(bool isQuick)
    {
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name == "OpenRouter.Byok"
            ? context.LoadFromAssemblyPath(Path.Combine(Repository.StagedModule, "Core", "OpenRouter.Byok.dll"))
            : null;
        var job = (isQuick ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(ConsoleLogger.Unicode)
            .AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "OpenRouter.Byok.Benchmarks"))
            .WithOptions(ConfigOptions.DisableOptimizationsValidator);
        return [.. Lines(BenchmarkRunner.Run<ReaderBenchmarks>(config))];
    }

    private static IEnumerable<string> Lines(Summary summary)
    {
        var reports = summary.Reports.ToDictionary(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name);
        var module = Nanoseconds(reports[nameof(ReaderBenchmarks.Module)]);
        var reflection = Nanoseconds(reports[nameof(ReaderBenchmarks.ReflectionSerializer)]);
        var retained = Retained();
        var allocated = Bytes(reports[nameof(ReaderBenchmarks.Module)]);

        foreach (var line in Machine.Lines(contenders: null)) yield return line;
        yield return Invariant($"The objects of one credential take {retained:F0} bytes.");
        yield return "";
        foreach (var line in MarkdownTable.Lines(
            ["A page of 100, for each credential", "Time", "Allocated"],
            [
                Row("OpenRouter.Byok", reports[nameof(ReaderBenchmarks.Module)]),
                Row("JsonSerializer, by reflection", reports[nameof(ReaderBenchmarks.ReflectionSerializer)]),
                Row("JsonSerializer, generated", reports[nameof(ReaderBenchmarks.GeneratedSerializer)]),
                Row("JsonDocument, parsed only", reports[nameof(ReaderBenchmarks.Document)]),
                Row("Utf8JsonReader, tokens only", reports[nameof(ReaderBenchmarks.Tokens)]),
            ])) yield return line;
        yield return "";
        foreach (var line in Goals.Table(
            [
                Goals.Row(
                    "Reader, speed", Invariant($"at least {FasterGoal:0.#} × the reflection serializer's"),
                    Invariant($"{reflection / module:F2}×"), reflection / module >= FasterGoal),
                Goals.Row(
                    "Reader, memory", Invariant($"at most {BytesGoal:0.#} × the bytes of the objects themselves"),
                    Invariant($"{allocated / retained:F2}×"), allocated / retained <= BytesGoal),
            ])) yield return line;
    }

    private static double Retained() => new ReaderBenchmarks().RetainedBytes();

    private static string[] Row(string title, BenchmarkReport report) =>
        [title, Invariant($"{Nanoseconds(report):N0} ns"), Invariant($"{Bytes(report):N0} bytes")];

    // The fastest iteration: whatever else the machine does only adds to the time.
    private static double Nanoseconds(BenchmarkReport report) => report.ResultStatistics!.Min;

    private static double Bytes(BenchmarkReport report) =>
        report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)!.Value;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
