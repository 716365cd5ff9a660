using System;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>A part of the text of a data file, as PowerShell divides it.</summary>
internal enum DataFilePart
{
    End,
    Comment,

    /// <summary>A line break or a semicolon.</summary>
    Separator,
    Comma,
    EqualsSign,
    Text,
    Number,
    Word,

    /// <summary>$true, $false or $null.</summary>
    Constant,
    OpenHashtable,
    OpenParenthesis,
    OpenScriptBlock,
    OpenIndex,
    Subexpression,
    Close,
    Variable,
    ExpandableText,
    Operator,

    /// <summary>From here on it is not certain how PowerShell divides the text.</summary>
    UnclearVariable,
    UnclearText,
    Backtick,
    AttachedComment,
    Unclosed,
}

/// <summary>Divides the text of a data file into parts.</summary>
internal sealed class DataFileText(string text)
{
    private int offset;

    /// <summary>Where the next part begins.</summary>
    public int Offset
    {
        get
        {
            while (char.IsWhiteSpace(At(offset)) && !IsNewLineAt(offset))
            {
                offset++;
            }

            return offset;
        }
    }

    /// <summary>Whether an equals sign is next.</summary>
    public bool IsBeforeEqualsSign => At(Offset) == '=';

    public bool IsNewLineAt(int index) => At(index) is '\r' or '\n';

    public bool IsClosing(int index, char bracket) => text[index] == bracket;

    public DataFilePart Read()
    {
        var start = Offset;
        if (start == text.Length)
        {
            return DataFilePart.End;
        }

        offset++;
        return text[start] switch
        {
            '\r' or '\n' or ';' => DataFilePart.Separator,
            ',' => DataFilePart.Comma,
            '=' => DataFilePart.EqualsSign,
            '(' => DataFilePart.OpenParenthesis,
            '{' => DataFilePart.OpenScriptBlock,
            '[' => DataFilePart.OpenIndex,
            '}' or ')' or ']' => DataFilePart.Close,
            '`' => DataFilePart.Backtick,
            '#' => IsAttached(start) ? DataFilePart.AttachedComment : ReadLineComment(),
            '<' when At(offset) == '#' => ReadBlockComment(),
            '@' when DataFileQuotes.IsQuote(At(offset)) => MoveTo(DataFileQuotes.ReadLines(text, start)),
            '@' => ReadAt(),
            '$' => ReadVariable(),
            var quote when DataFileQuotes.IsQuote(quote) => MoveTo(DataFileQuotes.Read(text, start)),
            var first when char.IsLetter(first) || first == '_' => ReadWord(),
            var first when IsNumber(first) => ReadNumber(),
            _ => DataFilePart.Operator,
        };
    }

    private char At(int index) => index < text.Length ? text[index] : '\0';

    private static bool IsWordCharacter(char character) => char.IsLetterOrDigit(character) || character is '_' or '-';

    // In the middle of a word a number sign begins no comment.
    private bool IsAttached(int start) => start > 0 && (IsWordCharacter(text[start - 1]) || text[start - 1] == '.');

    private bool IsNumber(char first) => char.IsDigit(first)
        || (first is '.' && char.IsDigit(At(offset)))
        || (first is '-' && (char.IsDigit(At(offset)) || (At(offset) == '.' && char.IsDigit(At(offset + 1)))));

    private DataFilePart ReadLineComment()
    {
        while (offset < text.Length && !IsNewLineAt(offset))
        {
            offset++;
        }

        return DataFilePart.Comment;
    }

    private DataFilePart ReadBlockComment() => text.IndexOf("#>", offset + 1, StringComparison.Ordinal) switch
    {
        < 0 => DataFilePart.Unclosed,
        var end => MoveTo((DataFilePart.Comment, end + 2)),
    };

    private DataFilePart MoveTo((DataFilePart Part, int End) read)
    {
        offset = read.End;
        return read.Part;
    }

    private DataFilePart ReadWord()
    {
        while (IsWordCharacter(At(offset)))
        {
            offset++;
        }

        return DataFilePart.Word;
    }

    private DataFilePart ReadNumber()
    {
        while (char.IsLetterOrDigit(At(offset)) || At(offset) is '.' or '_'
            || (At(offset) is '+' or '-' && At(offset - 1) is 'e' or 'E'))
        {
            offset++;
        }

        return DataFilePart.Number;
    }

    private DataFilePart ReadVariable()
    {
        if (At(offset) == '{')
        {
            return DataFilePart.UnclearVariable;
        }

        if (At(offset) == '(')
        {
            offset++;
            return DataFilePart.Subexpression;
        }

        var start = offset;
        while (char.IsLetterOrDigit(At(offset)) || At(offset) is '_' or ':' or '?')
        {
            offset++;
        }

        return text.Substring(start, offset - start).ToUpperInvariant() is "TRUE" or "FALSE" or "NULL"
            ? DataFilePart.Constant
            : DataFilePart.Variable;
    }

    private DataFilePart ReadAt() => At(offset) switch
    {
        '{' => MoveTo((DataFilePart.OpenHashtable, offset + 1)),
        '(' => MoveTo((DataFilePart.OpenParenthesis, offset + 1)),
        _ => DataFilePart.Operator,
    };
}
