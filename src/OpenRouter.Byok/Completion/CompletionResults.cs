using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>
/// Turns what fits the typed word into completions that PowerShell reads as just that text. What cannot be shown as it
/// is, is not offered: somebody else may have named it so that the command line means something else.
/// </summary>
internal static class CompletionResults
{
    private static readonly Regex Harmless = new("^[A-Za-z_][A-Za-z0-9_./:-]*\\z", RegexOptions.CultureInvariant);

    /// <param name="word">What was typed so far.</param>
    /// <param name="candidates">What could be meant, and what it is.</param>
    public static IEnumerable<CompletionResult> Of(
        WordToComplete word, IEnumerable<(string Text, string ToolTip)> candidates) =>
        Offer(word, candidates.Where(candidate => word.Begins(candidate.Text)));

    /// <summary>Completes ids; when no id begins with the typed word, those whose names do.</summary>
    public static IEnumerable<CompletionResult> OfIds(
        WordToComplete word, IEnumerable<(string Id, string[] Names, string ToolTip)> candidates)
    {
        var all = candidates.ToList();
        var byId = Of(word, all.Select(candidate => (candidate.Id, candidate.ToolTip))).ToList();
        return byId.Count > 0
            ? byId
            : Offer(word, from candidate in all
                          where candidate.Names.Any(word.Begins)
                          select (candidate.Id, candidate.ToolTip));
    }

    private static IEnumerable<CompletionResult> Offer(
        WordToComplete word, IEnumerable<(string Text, string ToolTip)> candidates) =>
        from candidate in candidates
        where candidate.Text.Length > 0 && DisplayText.IsPlain(candidate.Text)
        orderby candidate.Text
        select new CompletionResult(
            Quoted(word.ArgumentFor(candidate.Text)),
            candidate.Text,
            CompletionResultType.ParameterValue,
            candidate.ToolTip);

    // A UUID may begin like a number, but none is one.
    private static string Quoted(string text) => Harmless.IsMatch(text) || Guid.TryParseExact(text, "D", out _)
        ? text
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
