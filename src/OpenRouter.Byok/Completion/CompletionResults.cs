using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>
/// Turns what fits the typed word into completions that PowerShell reads as just that text. Text that cannot be
/// displayed as it is is not offered: somebody else may have chosen it so that the command line means something else.
/// </summary>
internal static class CompletionResults
{
    private static readonly Regex NeedsNoQuotes = new("^[A-Za-z_][A-Za-z0-9_./:-]*\\z", RegexOptions.CultureInvariant);

    /// <summary>
    /// The candidates that can be typed so that they begin with the word; when there are none, those that are found by
    /// something else that begins with it. Equal texts are offered once.
    /// </summary>
    public static IReadOnlyList<CompletionResult> Create(
        WordToComplete word, IReadOnlyCollection<CompletionCandidate> candidates)
    {
        var results = Create(word, candidates, fits: word.Begins);
        return results.Count > 0
            ? results
            : Create(word, candidates.Where(one => one.FoundBy.OfType<string>().Any(word.Begins)), fits: _ => true);
    }

    private static List<CompletionResult> Create(
        WordToComplete word, IEnumerable<CompletionCandidate> candidates, Predicate<string> fits) =>
    [
        .. from candidate in candidates
           let text = Array.Find(
               candidate.Texts, text => text.Length > 0 && DisplayText.IsPlain(text) && fits(text))
           where text is not null
           group candidate by text into equal
           let listText = equal.First().ListText ?? equal.Key
           orderby listText, equal.Key
           select new CompletionResult(
               Quoted(word.ArgumentFor(equal.Key)),
               listText,
               CompletionResultType.ParameterValue,
               string.Join("\n", equal.Select(candidate => candidate.ToolTip))),
    ];

    // A UUID may begin like a number, but none is one.
    private static string Quoted(string text) => NeedsNoQuotes.IsMatch(text) || Guid.TryParseExact(text, "D", out _)
        ? text
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}

/// <summary>Something that an argument can mean.</summary>
/// <param name="Texts">How it can be typed. The first text that begins with what was typed is offered.</param>
/// <param name="ToolTip">What it is.</param>
internal readonly record struct CompletionCandidate(string[] Texts, string ToolTip)
{
    public CompletionCandidate(string text, string toolTip)
        : this([text], toolTip)
    {
    }

    /// <summary>What else it is called.</summary>
    public string?[] FoundBy { get; init; } = [];

    /// <summary>How it is listed, if not by its text: an id is listed by the name of what has it.</summary>
    public string? ListText
    {
        get;
        init => field = DisplayText.Escape(string.IsNullOrWhiteSpace(value) ? null : value);
    }
}
