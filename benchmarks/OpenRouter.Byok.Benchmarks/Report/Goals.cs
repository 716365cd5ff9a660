using System;
using System.Collections.Generic;
using System.Globalization;
using OpenRouter.Byok.Benchmarks.Suite;

namespace OpenRouter.Byok.Benchmarks.Report;

/// <summary>What the module is meant to reach.</summary>
/// <param name="Work">The work that decides it.</param>
/// <param name="Title">The work in words.</param>
/// <param name="Target">The goal in words.</param>
/// <param name="Unit">What stands behind the measured number.</param>
/// <param name="Measure">The measured number; null when a contender is not installed.</param>
/// <param name="IsReached">Whether the number reaches the goal.</param>
internal sealed record Goal(
    string Work, string Title, string Target, string Unit, Func<Results, double?> Measure, Func<double, bool> IsReached)
{
    public string[] Row(Results results) => Measure(results) is { } value
        ? Goals.Row(Title, Target, string.Create(CultureInfo.InvariantCulture, $"{value:F2}{Unit}"), IsReached(value))
        : [Title, Target, "–", "not measured"];
}

internal static class Goals
{
    public static readonly IReadOnlyList<Goal> All =
    [
        AtMost(Works.ListSlow, "List 10,000, 50 ms", Contenders.Http, 1.2),
        Faster(Works.ListSlow, "List 10,000, 50 ms", Contenders.Sdk, 5),
        AtMost(Works.ListFast, "List 10,000, no latency", Contenders.Http, 2),
        Faster(Works.ListFast, "List 10,000, no latency", Contenders.Sdk, 1),
        AtMost(Works.Update, "1,000 updates, 50 ms", Contenders.Http, 1.3),
        AtMost(Works.Import, "Import, the first of the process", Contenders.Empty, 1.3),
        AtMost(Works.ImportPrimed, "Import, after that of another module", Contenders.Empty, 1.3),
        new(
            Works.Memory, "100,000 listed and discarded", "at most 40 MB above an idle engine", " MB",
            results => results.Median(Works.Memory, Contenders.Module), value => value <= 40),
        AtMost(Works.Compare, "Compare 10,000 with a file, 50 ms", Contenders.Http, 1.3),
        new(
            Works.CompareMemory, "Compare 10,000 with a file", "at most 100 MB above an idle engine", " MB",
            results => results.Median(Works.CompareMemory, Contenders.Module), value => value <= 100),
        AtMost(Works.Sync, "Sync 1,000 changes of a file, 50 ms", Contenders.Http, 1.3),
    ];

    public static IEnumerable<string> Table(IEnumerable<string[]> rows) =>
        MarkdownTable.Lines(["Goal", "Target", "Measured", "Reached"], [.. rows], texts: 4);

    public static string[] Row(string title, string target, string measured, bool isReached) =>
        [title, target, measured, isReached ? "yes" : "**no**"];

    private static Goal AtMost(string work, string title, string than, double ratio) => new(
        work, title, string.Create(CultureInfo.InvariantCulture, $"at most {ratio:0.#} × {than}"), "×",
        results => results.Ratio(work, Contenders.Module, than), value => value <= ratio);

    private static Goal Faster(string work, string title, string than, double times) => new(
        work, title,
        times == 1
            ? $"faster than the {than}"
            : string.Create(CultureInfo.InvariantCulture, $"at least {times:0.#} × faster than the {than}"),
        "×", results => results.Ratio(work, than, Contenders.Module), value => value >= times);
}
