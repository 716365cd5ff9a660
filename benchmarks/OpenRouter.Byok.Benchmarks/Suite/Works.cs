using System;
using System.Collections.Generic;
using OpenRouter.Byok.Benchmarks.Children;

namespace OpenRouter.Byok.Benchmarks.Suite;

/// <summary>A piece of work that every contender does in every round.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Do">What the child process is asked for.</param>
/// <param name="Keys">How many credentials its server begins with.</param>
/// <param name="LatencyMs">How long its server waits before each answer.</param>
/// <param name="Count">How many credentials have to come out.</param>
internal sealed record Work(string Name, string Do, int Keys, int LatencyMs, int Count)
{
    /// <summary>The rows of the table that its answers fill.</summary>
    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>Whether each measurement takes a new process.</summary>
    public bool IsFresh => Do is "import" or "start" or "memory" or "compare-memory";

    /// <summary>What makes the configuration that it needs; null when it needs none.</summary>
    public string? Export => Do switch
    {
        "compare" or "compare-memory" => "export",
        "apply" => "export-changed",
        _ => null,
    };

    /// <summary>Whether another module is imported before, so that the engine is no longer new to importing.</summary>
    public bool IsPrimed { get; init; }

    /// <summary>The contenders that it is for; null means all.</summary>
    public IReadOnlyList<string>? OnlyFor { get; init; }
}

/// <summary>A row of the table.</summary>
internal sealed record Row(string Title, string Unit, Func<Reply, double?> Value);

internal static class Works
{
    public const string ListFast = "list-10000";
    public const string ListSlow = "list-10000-50ms";
    public const string Update = "update-1000-50ms";
    public const string Import = "import";
    public const string ImportPrimed = "import-primed";
    public const string Memory = "memory-100000";
    public const string Compare = "compare-10000-50ms";
    public const string CompareMemory = "compare-memory-10000";
    public const string Sync = "sync-1000-50ms";

    public static readonly IReadOnlyList<Work> All =
    [
        new(ListFast, "list", 10_000, 0, 10_000) { Rows = [Time("List 10,000, no latency")] },
        new(ListSlow, "list", 10_000, 50, 10_000) { Rows = [Time("List 10,000, 50 ms a request")] },
        new("list-100", "list", 100, 0, 100) { Rows = [Time("List 100, no latency")] },
        new(Update, "update", 1_000, 50, 1_000) { Rows = [Time("1,000 updates, 50 ms a request")] },
        new("create-1000", "create", 0, 0, 1_000) { Rows = [Time("1,000 creates, no latency")] },
        new(Compare, "compare", 10_000, 50, 10_000)
        {
            Rows = [Time("Compare 10,000 with a file, 50 ms a request")],
            OnlyFor = [Contenders.Http, Contenders.Module],
        },
        new(CompareMemory, "compare-memory", 10_000, 0, 10_000)
        {
            Rows =
            [
                new(
                    "Compare 10,000 with a file: peak memory above idle", "MB",
                    reply => reply.PeakMb - reply.IdleMb),
            ],
            OnlyFor = [Contenders.Module],
        },
        new(Sync, "apply", 1_000, 50, 1_000)
        {
            Rows = [Time("Sync 1,000 changes of a file, 50 ms a request")],
            OnlyFor = [Contenders.Http, Contenders.Module],
        },
        new(Import, "import", 100, 0, 0)
        {
            Rows = [new("Import, the first of the process", "ms", reply => reply.ImportMs)],
            OnlyFor = [.. Contenders.Modules, Contenders.Sdk],
        },
        new(ImportPrimed, "import", 100, 0, 0)
        {
            Rows = [new("Import, after that of another module", "ms", reply => reply.ImportMs)],
            OnlyFor = Contenders.Modules,
            IsPrimed = true,
        },
        new("start", "start", 100, 0, 100)
        {
            Rows =
            [
                new("First call after import: list 100", "ms", reply => reply.FirstMs),
                new("Second call: list 100", "ms", reply => reply.SecondMs),
            ],
        },
        new(Memory, "memory", 100_000, 0, 100_000)
        {
            Rows =
            [
                new("100,000 listed and discarded: peak memory above idle", "MB", reply => reply.PeakMb - reply.IdleMb),
            ],
        },
    ];

    private static Row Time(string title) => new(title, "ms", reply => reply.Ms);
}
