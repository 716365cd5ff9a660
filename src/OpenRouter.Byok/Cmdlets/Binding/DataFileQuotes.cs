namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Finds the end of quoted text. Typographic quotation marks count in PowerShell as well.</summary>
internal static class DataFileQuotes
{
    public static bool IsQuote(char character) => IsSingle(character) || IsDouble(character);

    /// <param name="text">The whole text.</param>
    /// <param name="start">Where the quotation mark is.</param>
    public static (DataFilePart Part, int End) Read(string text, int start)
    {
        var isExpandable = IsDouble(text[start]);
        var part = DataFilePart.Text;
        for (var index = start + 1; index < text.Length; index++)
        {
            if (IsEnd(text[index], isExpandable))
            {
                if (index + 1 == text.Length || !IsEnd(text[index + 1], isExpandable))
                {
                    return (part, index + 1);
                }

                index++;
            }
            else if (isExpandable && text[index] == '`')
            {
                index++;
            }
            else if (isExpandable && IsExpanded(text, index, out var isUnclear))
            {
                if (isUnclear)
                {
                    return (DataFilePart.UnclearText, index);
                }

                part = DataFilePart.ExpandableText;
            }
        }

        return (DataFilePart.Unclosed, text.Length);
    }

    /// <summary>Finds the end of a here-string, which ends at the beginning of a line.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="start">Where the at sign is, which a quotation mark follows.</param>
    public static (DataFilePart Part, int End) ReadLines(string text, int start)
    {
        var isExpandable = IsDouble(text[start + 1]);
        var part = DataFilePart.Text;
        var index = start + 2;
        while (index < text.Length && !IsNewLine(text[index]))
        {
            if (!char.IsWhiteSpace(text[index++]))
            {
                return (DataFilePart.Unclosed, index);
            }
        }

        for (; index + 2 < text.Length; index++)
        {
            if (IsNewLine(text[index]) && IsEnd(text[index + 1], isExpandable) && text[index + 2] == '@')
            {
                return (part, index + 3);
            }

            if (isExpandable && text[index] == '`' && !IsNewLine(text[index + 1]))
            {
                index++;
            }
            else if (isExpandable && IsExpanded(text, index, out var isUnclear))
            {
                if (isUnclear)
                {
                    return (DataFilePart.UnclearText, index);
                }

                part = DataFilePart.ExpandableText;
            }
        }

        return (DataFilePart.Unclosed, text.Length);
    }

    private static bool IsSingle(char character) =>
        character is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B';

    private static bool IsDouble(char character) => character is '"' or '\u201C' or '\u201D' or '\u201E';

    private static bool IsEnd(char character, bool isExpandable) =>
        isExpandable ? IsDouble(character) : IsSingle(character);

    private static bool IsNewLine(char character) => character is '\r' or '\n';

    // Within brackets, quotation marks do not end the text.
    private static bool IsExpanded(string text, int index, out bool isUnclear)
    {
        var next = index + 1 < text.Length ? text[index + 1] : '\0';
        isUnclear = next is '(' or '{';
        return text[index] == '$'
            && (isUnclear || char.IsLetterOrDigit(next) || next is '_' or '?' or '^' or '$' or ':');
    }
}
