using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using OpenRouter.Byok.Auditing;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Reporting;

/// <summary>Hides what a report is not to show, wherever it occurs in text.</summary>
/// <param name="options">What may be shown.</param>
/// <param name="keys">The credentials, whose labels may have to be hidden.</param>
internal sealed class ReportPrivacy(ReportOptions options, IEnumerable<ByokKey> keys)
{
    /// <summary>What every label has between the characters of the key that it shows.</summary>
    private const string Mask = "...";

    private const int ShortIdLength = 8;

    // Quotation marks are left out so that a command stays one, but for apostrophes, which it may double.
    private static readonly Regex EmailAddress = new(
        """[^\s@'‘’"`()<>\[\],:;]+(?:['‘’]{1,2}[^\s@'‘’"`()<>\[\],:;]+)*"""
        + """@[^\s@'"`()<>\[\],:;]+\.[^\s@'"`()<>\[\],:;.]+""",
        RegexOptions.CultureInvariant);

    // The longest come first, because one may be part of another.
    private readonly List<(string Text, string ShortId)> labels =
    [
        .. from key in options.ShowsLabels ? [] : keys
           from form in FormsOf(key.Label)
           orderby form.Length descending
           select (form, ShortId(key.Id)),
    ];

    /// <summary>The text as it is shown.</summary>
    public string Display(string text)
    {
        if (text.Contains(Mask))
        {
            text = labels.Aggregate(text, (rest, label) => rest.Replace(label.Text, label.ShortId));
        }

        return DisplayText.Escape(
            options.ShowsEmailAddresses ? text : EmailAddress.Replace(text, Messages.ReportEmailAddress));
    }

    /// <summary>
    /// Text about a credential, in which its label may occur: credentials with the same label are still told apart.
    /// </summary>
    public string WithoutLabel(string text, ByokKey key) => options.ShowsLabels
        ? text
        : FormsOf(key.Label).Aggregate(text, (rest, form) => rest.Replace(form, ShortId(key.Id)));

    /// <summary>The beginning of an id.</summary>
    public static string ShortId(string id) => id.Substring(0, Math.Min(ShortIdLength, id.Length));

    // As it is, as it is shown, and as a command quotes it.
    private static IEnumerable<string> FormsOf(string label)
    {
        if (label.Length == 0)
        {
            return [];
        }

        var quoted = Remedy.Quote(label);
        return new[] { quoted.Substring(1, quoted.Length - 2), DisplayText.Escape(label), label }.Distinct();
    }
}
