using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Benchmarks.Children;

/// <summary>What a child process is asked to do: one line of JSON on its standard input.</summary>
/// <param name="Do">
/// import, start, memory, list, update, create, export, export-changed, compare, compare-memory or apply.
/// </param>
/// <param name="Uri">The base address of the server.</param>
/// <param name="Key">Its management key.</param>
internal sealed record Request(string Do, string Uri, string Key)
{
    /// <summary>How many to create.</summary>
    public int Count { get; init; }

    /// <summary>How many requests may be on their way at once.</summary>
    public int Throttle { get; init; } = 8;

    /// <summary>What to update.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>The configuration to export to, to compare with, or to apply.</summary>
    public string? File { get; init; }

    /// <summary>What to import before the measured import, so that the engine has imported something already.</summary>
    public string? Primer { get; init; }
}

/// <summary>
/// What it answers: one line of JSON on its standard output. Times are in milliseconds, sizes in megabytes.
/// </summary>
internal sealed record Reply
{
    public string? Error { get; init; }

    public double? Ms { get; init; }

    /// <summary>How many were listed, changed or created, so that nobody is fast by leaving some out.</summary>
    public int Count { get; init; }

    public double? ImportMs { get; init; }

    public double? FirstMs { get; init; }

    public double? SecondMs { get; init; }

    /// <summary>The resident memory before the work, and its peak after.</summary>
    public double? IdleMb { get; init; }

    public double? PeakMb { get; init; }
}

/// <summary>Where a server of the server process listens.</summary>
internal sealed record ServerRequest(int Keys, int LatencyMs);

internal sealed record ServerReply(string Uri, string Key);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(ServerRequest))]
[JsonSerializable(typeof(ServerReply))]
internal sealed partial class Protocol : JsonSerializerContext;
