using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// Texts with wildcards, whatever the case, and the same everywhere: where I and i are different letters, too. What has
/// brackets of its own is met by itself.
/// </summary>
internal sealed class TextPatterns
{
    private const WildcardOptions AnyCase = WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant;

    private static readonly char[] Syntax = ['*', '?', '[', '`'];

    private readonly IReadOnlyList<(string Text, WildcardPattern? Pattern)> patterns;

    private TextPatterns(IEnumerable<string> texts) => patterns = [.. texts.Select(text => (text, Pattern(text)))];

    /// <summary>The patterns of a parameter; null when it was not given.</summary>
    /// <exception cref="OpenRouterException">One of them is malformed.</exception>
    public static TextPatterns? Of(IEnumerable<string>? texts) => texts is null ? null : new TextPatterns(texts);

    /// <summary>Whether one of the texts is met by one of the patterns.</summary>
    public bool Match(params string?[] texts) => Match(_ => texts);

    /// <summary>Whether one of the patterns is met by one of the texts that it is to be compared with.</summary>
    public bool Match(Func<string, IEnumerable<string?>> textsFor) => patterns.Any(
        pattern => textsFor(pattern.Text).Any(text => text is not null
            && (pattern.Pattern?.IsMatch(text) is true
                || pattern.Text.Equals(text, StringComparison.OrdinalIgnoreCase))));

    // Without wildcards, PowerShell's comparison ignores characters that cannot be seen.
    private static WildcardPattern? Pattern(string text)
    {
        if (text.IndexOfAny(Syntax) < 0)
        {
            return null;
        }

        var pattern = new WildcardPattern(text, AnyCase);
        try
        {
            // A pattern is read when it is first compared with something.
            pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException)
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.InvalidPattern, text);
        }
    }
}
