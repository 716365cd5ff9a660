using System.Collections.Generic;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// Looks at the text of a data file before PowerShell parses it. The parser uses the stack for each level of nesting,
/// and it loads modules where it meets certain keywords, so it gets to see only what consists of nothing but values.
/// </summary>
/// <remarks>
/// Where this might divide the text into other parts than PowerShell does, the text is refused and the rest is not
/// looked at.
/// </remarks>
internal sealed class DataFileScanner(string content, ConfigurationSource source, ConfigurationErrors errors)
{
    private readonly DataFileText text = new(content);
    private readonly Stack<DataFilePart> open = new();
    private Previous previous = Previous.Separator;

    // Of a command or an expression only the first part is an error, up to the next value.
    private bool isReported;

    // What stands before the current place.
    private enum Previous
    {
        Separator,
        Open,
        Name,
        EqualsSign,
        Comma,
        Value,
    }

    private bool IsAtName => open.Count > 0 && open.Peek() == DataFilePart.OpenHashtable
        && previous is Previous.Open or Previous.Separator;

    /// <summary>Reports whatever is not data.</summary>
    /// <returns>Whether the text can be parsed.</returns>
    public static bool IsData(string content, ConfigurationSource source, ConfigurationErrors errors)
    {
        var before = errors.Count;
        var scanner = new DataFileScanner(content, source, errors);
        while (scanner.Next())
        {
        }

        return errors.Count == before;
    }

    // Whether there is more that can be looked at.
    private bool Next()
    {
        var start = text.Offset;
        var part = text.Read();
        return part switch
        {
            DataFilePart.End => false,
            DataFilePart.Comment => true,
            DataFilePart.Separator => text.IsNewLineAt(start) ? EndLine() : Separate(start),
            DataFilePart.Comma when previous != Previous.Comma => Continue(Previous.Comma, isNewValue: true),
            DataFilePart.Comma => Stop(start, Messages.DataFileNotData, Messages.DataFileOperator),
            DataFilePart.EqualsSign when previous == Previous.Name => Continue(Previous.EqualsSign, isNewValue: true),
            DataFilePart.EqualsSign => Refuse(start, Messages.DataFileOperator),
            DataFilePart.Text or DataFilePart.Number when IsAtName => Continue(Previous.Name),
            DataFilePart.Text or DataFilePart.Number or DataFilePart.Constant =>
                BeginValue(start) && Continue(Previous.Value),
            DataFilePart.Word when !IsAtName => Refuse(start, Messages.DataFileCommand),
            DataFilePart.Word when text.IsBeforeEqualsSign => Continue(Previous.Name),
            DataFilePart.Word => Stop(start, Messages.DataFileNoValue),
            DataFilePart.OpenHashtable or DataFilePart.OpenParenthesis => BeginValue(start) && Open(start, part),
            DataFilePart.Subexpression or DataFilePart.OpenScriptBlock or DataFilePart.OpenIndex =>
                Refuse(start, KindOf(part)) && Open(start, part),
            DataFilePart.Close => Close(start),
            DataFilePart.AttachedComment => Stop(start, Messages.DataFileComment),
            DataFilePart.Unclosed => Stop(start, Messages.DataFileNoEnd),
            DataFilePart.Variable or DataFilePart.ExpandableText or DataFilePart.Operator =>
                Refuse(start, KindOf(part)),
            _ => Stop(start, Messages.DataFileNotData, KindOf(part)),
        };
    }

    private static string KindOf(DataFilePart part) => part switch
    {
        DataFilePart.Subexpression => Messages.DataFileSubexpression,
        DataFilePart.OpenScriptBlock => Messages.DataFileScriptBlock,
        DataFilePart.OpenIndex => Messages.DataFileType,
        DataFilePart.Variable or DataFilePart.UnclearVariable => Messages.DataFileVariable,
        DataFilePart.ExpandableText or DataFilePart.UnclearText => Messages.DataFileExpandableText,
        DataFilePart.Backtick => Messages.DataFileBacktick,
        _ => Messages.DataFileOperator,
    };

    // A value may begin on the line after the equals sign, comma or bracket.
    private bool EndLine() => previous is not (Previous.Value or Previous.Name)
        || Continue(Previous.Separator, isNewValue: true);

    private bool Separate(int start) => previous is Previous.EqualsSign or Previous.Comma
        ? Stop(start, Messages.DataFileNoValue)
        : Continue(Previous.Separator, isNewValue: true);

    // Without a separator before it, a value belongs to an expression.
    private bool BeginValue(int start)
    {
        if (previous == Previous.Name)
        {
            return Stop(start, Messages.DataFileNoValue);
        }

        if (previous == Previous.Value && !isReported)
        {
            isReported = true;
            Report(start, Messages.DataFileNoComma);
        }

        return true;
    }

    private bool Open(int start, DataFilePart bracket)
    {
        open.Push(bracket);
        return open.Count > JsonNodeReader.MaximumDepth
            ? Stop(start, Messages.ConfigurationTooDeep, JsonNodeReader.MaximumDepth)
            : Continue(Previous.Open);
    }

    private bool Close(int start)
    {
        var matches = open.Count > 0 && text.IsClosing(start, open.Pop() switch
        {
            DataFilePart.OpenHashtable or DataFilePart.OpenScriptBlock => '}',
            DataFilePart.OpenIndex => ']',
            _ => ')',
        });
        return matches ? Continue(Previous.Value) : Stop(start, Messages.DataFileBracket);
    }

    private bool Continue(Previous now, bool isNewValue = false)
    {
        previous = now;
        isReported &= !isNewValue;
        return true;
    }

    private bool Refuse(int start, string kind)
    {
        if (!isReported)
        {
            Report(start, Messages.DataFileNotData, kind);
        }

        isReported = true;
        return Continue(Previous.Value);
    }

    private bool Stop(int start, string format, params object?[] arguments)
    {
        Report(start, format, arguments);
        return false;
    }

    private void Report(int start, string format, params object?[] arguments) =>
        errors.Add(new SourcePosition(source, start), format, arguments);
}
