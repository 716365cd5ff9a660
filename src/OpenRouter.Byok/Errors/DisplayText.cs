using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace OpenRouter.Byok.Errors;

/// <summary>
/// Text of others as it is shown to people: what would steer a terminal, begin a line, turn the reading direction or
/// not be seen at all is shown as the escape that PowerShell has for it, such as `e or `u{202E}.
/// </summary>
/// <remarks>
/// Whatever people see goes through here: messages, questions, progress, views, completion, and what ToString says of
/// an object. Values do not: properties, and lists as text, hold what the account says. A backtick stays as it is, so
/// escaping twice changes nothing.
/// </remarks>
internal static class DisplayText
{
    private const char ZeroWidthNonJoiner = '\u200C';

    private const char ZeroWidthJoiner = '\u200D';

    private const char SoftHyphen = '\u00AD';

    /// <summary>The text as it is shown; the same instance when there is nothing to escape.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Escape(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var plain = PlainLength(text);
        if (plain == text.Length)
        {
            return text;
        }

        var shown = new StringBuilder(text, 0, plain, text.Length * 2);
        for (var index = plain; index < text.Length;)
        {
            if (IsShown(text, index, out var length))
            {
                shown.Append(text, index, length);
            }
            else
            {
                AppendEscape(shown, length == 1 ? text[index] : char.ConvertToUtf32(text, index));
            }

            index += length;
        }

        return shown.ToString();
    }

    /// <summary>Whether the text can be shown as it is.</summary>
    public static bool IsPlain(string text) => PlainLength(text) == text.Length;

    private static int PlainLength(string text)
    {
        var index = 0;
        while (index < text.Length && IsShown(text, index, out var length))
        {
            index += length;
        }

        return index;
    }

    private static bool IsShown(string text, int index, out int length) =>
        IsVisible(text, index, out length) || IsJoining(text, index);

    private static bool IsVisible(string text, int index, out int length)
    {
        var character = text[index];
        length = 1;
        if (character is >= ' ' and <= '~')
        {
            return true;
        }

        if (!char.IsSurrogate(character))
        {
            return character != SoftHyphen && IsVisible(CharUnicodeInfo.GetUnicodeCategory(character));
        }

        if (!char.IsSurrogatePair(text, index))
        {
            return false;
        }

        length = 2;
        return !IsTag(text, index) && IsVisible(CharUnicodeInfo.GetUnicodeCategory(text, index));
    }

    // U+E0000 to U+E007F, whether assigned yet or not.
    private static bool IsTag(string text, int index) => text[index] == '\uDB40' && text[index + 1] < '\uDC80';

    private static bool IsVisible(UnicodeCategory category) => category is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // Emoji and several scripts join characters by these; between ASCII letters they would only hide.
    private static bool IsJoining(string text, int index) =>
        text[index] is ZeroWidthJoiner or ZeroWidthNonJoiner
        && index > 0 && index + 1 < text.Length
        && IsJoinable(text, index > 1 && char.IsSurrogatePair(text, index - 2) ? index - 2 : index - 1)
        && IsJoinable(text, index + 1);

    private static bool IsJoinable(string text, int index) => text[index] > '~' && IsVisible(text, index, out _);

    private static void AppendEscape(StringBuilder shown, int character)
    {
        shown.Append('`');
        switch (character)
        {
            case '\0': shown.Append('0'); break;
            case '\a': shown.Append('a'); break;
            case '\b': shown.Append('b'); break;
            case '\u001B': shown.Append('e'); break;
            case '\f': shown.Append('f'); break;
            case '\n': shown.Append('n'); break;
            case '\r': shown.Append('r'); break;
            case '\t': shown.Append('t'); break;
            case '\v': shown.Append('v'); break;
            default: shown.AppendFormat(CultureInfo.InvariantCulture, "u{{{0:X}}}", character); break;
        }
    }
}
