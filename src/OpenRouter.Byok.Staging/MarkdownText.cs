using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace OpenRouter.Byok.Staging;

/// <summary>Turns plain text of help into Markdown.</summary>
/// <param name="cmdlets">The cmdlets that have a page.</param>
internal sealed partial class MarkdownText(IReadOnlySet<string> cmdlets)
{
    /// <summary>Text with everything escaped that Markdown gives a meaning, and with links to cmdlets.</summary>
    /// <param name="text">The plain text, in one line.</param>
    /// <param name="page">The cmdlet whose page this is, which is not linked to itself.</param>
    public string Of(string text, string page)
    {
        var markdown = "";
        var start = 0;
        foreach (Match match in Names().Matches(text))
        {
            markdown += Escape(text[start..match.Index]) + Name(match.Value, page);
            start = match.Index + match.Length;
        }

        return LineStart().Replace(markdown + Escape(text[start..]), @"$1\$2");
    }

    /// <summary>The link to a cmdlet's page, from another page.</summary>
    public static string Link(string cmdlet) => $"[{cmdlet}]({cmdlet}.md)";

    /// <summary>Text as code, whatever it contains.</summary>
    public static string Code(string text) =>
        text.Contains('`', StringComparison.Ordinal) ? $"`` {text} ``" : $"`{text}`";

    /// <summary>A cell of a table: there, a bar ends a cell even in code.</summary>
    public static string Cell(string markdown) => markdown.Replace("|", @"\|", StringComparison.Ordinal);

    private string Name(string name, string page)
    {
        if (name.Contains("-OpenRouter", StringComparison.Ordinal))
        {
            return name != page && cmdlets.Contains(name) ? Link(name) : Code(name);
        }

        return Code(name);
    }

    private static string Escape(string text) => Special().Replace(text, @"\$0");

    [GeneratedRegex(@"[\\`*\[\]<|~&]|(?<!\w)_|_(?!\w)")]
    private static partial Regex Special();

    [GeneratedRegex(@"[A-Z][a-z]+-OpenRouter\w*|(?<![\w-])-[A-Z]\w*|\$(?:env:)?[A-Za-z]\w*")]
    private static partial Regex Names();

    [GeneratedRegex(@"^(\d*)([#>+=.)-])")]
    private static partial Regex LineStart();
}
