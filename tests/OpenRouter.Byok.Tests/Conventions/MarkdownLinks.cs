using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>The links between the files of the repository.</summary>
internal static partial class MarkdownLinks
{
    /// <summary>Links that lead to no file or to no heading.</summary>
    public static IEnumerable<string> Broken(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.md")
        from Match match in Links().Matches(File.ReadAllText(file))
        let target = match.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal) && !Exists(file, target)
        select $"{Path.GetFileName(file)}: {target}";

    private static bool Exists(string file, string target)
    {
        var parts = target.Split('#');
        var path = parts[0].Length == 0 ? file : Path.Combine(Path.GetDirectoryName(file)!, parts[0]);
        return parts.Length == 1
            ? Path.Exists(path)
            : File.Exists(path) && File.ReadLines(path).Any(line => Anchor(line) == parts[1]);
    }

    // As GitHub makes one of a heading.
    private static string Anchor(string line) =>
        line.StartsWith('#')
            ? Punctuation().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-')
            : "";

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"[^\w\s-]")]
    private static partial Regex Punctuation();
}
