using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OpenRouter.Byok.Benchmarks.Suite;

namespace OpenRouter.Byok.Benchmarks.Report;

/// <summary>The results of the rounds as lines of Markdown.</summary>
internal static class SuiteReport
{
    private static readonly string[] Columns = [Contenders.Http, Contenders.Module, Contenders.Sdk, Contenders.Rest];

    private static readonly string[] ImportColumns =
        [.. Contenders.Modules, Contenders.Sdk];

    public static IEnumerable<string> Lines(
        IReadOnlyList<Work> works, Results results, ContenderList contenders, int rounds)
    {
        foreach (var line in Machine.Lines(contenders))
        {
            yield return line;
        }

        yield return $"Medians of {rounds} rounds. The ratio to the first column, in parentheses, "
            + "is the median of the rounds' ratios.";
        yield return "";
        foreach (var line in Table("Work", Columns, works.Where(work => work.Do != "import"), results, contenders))
        {
            yield return line;
        }

        foreach (var line in Table(
            "Import", ImportColumns, works.Where(work => work.Do == "import"), results, contenders))
        {
            yield return line;
        }

        var goals = Goals.All.Where(goal => works.Any(work => work.Name == goal.Work)).ToList();
        if (goals.Count == 0)
        {
            yield break;
        }

        foreach (var line in Goals.Table(goals.Select(goal => goal.Row(results))))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Table(
        string heading, string[] columns, IEnumerable<Work> works, Results results, ContenderList contenders)
    {
        var rows = works
            .SelectMany(work => work.Rows.Select(row => (string[])
                [row.Title, .. columns.Select(column => Cell(work, row, column, columns[0], results, contenders))]))
            .ToList();
        return rows.Count == 0 ? [] : MarkdownTable.Lines([heading, .. columns], rows).Append("");
    }

    private static string Cell(
        Work work, Row row, string contender, string reference, Results results, ContenderList contenders)
    {
        if (!Runner.CanDo(work, contender))
        {
            return "–";
        }

        if (contenders.All.Single(candidate => candidate.Name == contender).Command is null)
        {
            return "not installed";
        }

        if (results.Median(row, contender) is not { } median)
        {
            return "–";
        }

        var text = Number(median, row.Unit);
        return contender == reference || results.Ratio(row, contender, reference) is not { } ratio
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text} ({ratio:F2}×)");
    }

    private static string Number(double value, string unit) =>
        value.ToString(value < 100 ? "F1" : "N0", CultureInfo.InvariantCulture) + " " + unit;
}
