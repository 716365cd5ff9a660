using System;
using System.Collections.Generic;
using System.IO;

namespace OpenRouter.Byok.Benchmarks.Report;

/// <summary>
/// docs/performance.md: people write it, but for the part between two markers, which is written here.
/// </summary>
internal static class PerformancePage
{
    /// <exception cref="InvalidOperationException">The page has lost the markers.</exception>
    public static void Write(IEnumerable<string> lines)
    {
        var path = Repository.PerformancePage;
        const string begin = "<!-- benchmarks: begin -->";
        const string end = "<!-- benchmarks: end -->";
        var page = File.ReadAllText(path);
        var from = page.IndexOf(begin, StringComparison.Ordinal);
        var to = page.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"{path} lacks the lines {begin} and {end}.");
        }

        File.WriteAllText(path, page[..(from + begin.Length)] + "\n" + string.Join('\n', lines) + "\n" + page[to..]);
        Console.WriteLine($"Written to {Path.GetRelativePath(Environment.CurrentDirectory, path)}.");
    }
}
