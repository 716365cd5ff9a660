using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Benchmarks.Report;

/// <summary>A table that reads well on a console and in Markdown. All columns but the first are figures.</summary>
internal static class MarkdownTable
{
    public static IEnumerable<string> Lines(
        IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows, int texts = 1)
    {
        var widths = headings
            .Select((heading, column) => rows.Select(row => row[column].Length).Append(heading.Length).Max())
            .ToList();
        yield return Line(headings);
        yield return "|" + string.Concat(widths.Select((width, column) => column < texts
            ? new string('-', width + 2) + "|"
            : new string('-', width + 1) + ":|"));
        foreach (var row in rows)
        {
            yield return Line(row);
        }

        string Line(IReadOnlyList<string> cells) => "|" + string.Concat(cells.Select((cell, column) =>
            " " + (column < texts ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])) + " |"));
    }
}
