using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OpenRouter.Byok.Completion;

/// <summary>Turns what fits the typed word into completions, quoted where PowerShell needs quotes.</summary>
internal static class Completions
{
    private const string NeedsQuotes = " '\"`$(){};,|&@#<>";

    /// <param name="word">What was typed so far, perhaps with an opening quote.</param>
    /// <param name="candidates">What could be meant, and what it is.</param>
    public static IEnumerable<CompletionResult> Of(string? word, IEnumerable<(string Text, string ToolTip)> candidates)
    {
        var typed = word?.Trim('\'', '"') ?? "";
        return from candidate in candidates
               where candidate.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
               orderby candidate.Text
               select new CompletionResult(
                   Quoted(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.ToolTip);
    }

    /// <summary>Completes ids; when no id begins with the typed word, those whose names do.</summary>
    public static IEnumerable<CompletionResult> OfIds(
        string? word, IEnumerable<(string Id, string[] Names, string ToolTip)> candidates)
    {
        var all = candidates.ToList();
        var byId = Of(word, all.Select(candidate => (candidate.Id, candidate.ToolTip))).ToList();
        if (byId.Count > 0) return byId;
        var typed = word?.Trim('\'', '"') ?? "";
        return Of("", from candidate in all
                      where candidate.Names.Any(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                      select (candidate.Id, candidate.ToolTip));
    }

    private static string Quoted(string text) => !text.Any(NeedsQuotes.Contains)
        ? text
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
