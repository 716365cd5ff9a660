using System;
using System.Text;

namespace OpenRouter.Sandbox.Shell;

/// <summary>Draws the line being typed over what it drew before, however many rows of the terminal it takes.</summary>
internal sealed class LineView(IConsole console, string prompt)
{
    public const string Continuation = ">> ";
    private int cursorRow;

    /// <summary>Draws the text with the cursor in its place, and a hint below it, dimmed.</summary>
    public void Draw(string text, int cursor, string? hint = null)
    {
        var width = Math.Max(1, console.Width);
        var end = Place(text, width);
        var target = Place(text[..cursor], width);
        var drawing = new StringBuilder(Ansi.Up(cursorRow)).Append('\r').Append(Ansi.ClearBelow)
            .Append(prompt).Append(text.Replace("\n", "\r\n" + Continuation, StringComparison.Ordinal));

        // A terminal goes on to the next row only when something is written there.
        if (end.Column == 0 && end.Row > 0)
        {
            drawing.Append(" \r");
        }

        var rows = end.Row;
        if (hint is not null)
        {
            rows++;
            drawing.Append("\r\n").Append(Ansi.Dim).Append(hint.Length < width ? hint : hint[..(width - 1)])
                .Append(Ansi.Reset);
        }

        drawing.Append(Ansi.Up(rows - target.Row)).Append('\r').Append(Ansi.Right(target.Column));
        console.Write(drawing.ToString());
        cursorRow = target.Row;
    }

    public void Leave(string text)
    {
        Draw(text, text.Length);
        console.Write("\r\n");
        cursorRow = 0;
    }

    public void Clear()
    {
        console.Write(Ansi.ClearScreen);
        cursorRow = 0;
    }

    private (int Row, int Column) Place(string text, int width)
    {
        var (row, column) = (0, 0);
        Advance(prompt);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n')
            {
                (row, column) = (row + 1, 0);
                Advance(Continuation);
            }
            else
            {
                Take(Cells(rune));
            }
        }

        return (row, column);

        void Advance(string drawn)
        {
            foreach (var rune in drawn.EnumerateRunes())
            {
                Take(Cells(rune));
            }
        }

        void Take(int cells)
        {
            if (column + cells > width)
            {
                (row, column) = (row + 1, 0);
            }

            column += cells;
            if (column == width)
            {
                (row, column) = (row + 1, 0);
            }
        }
    }

    // East Asian letters and most emoji take two columns of a terminal.
    private static int Cells(Rune rune) => rune.Value switch
    {
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF
            or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6
            or >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD => 2,
        _ => 1,
    };
}
