using System;

namespace OpenRouter.Sandbox.Shell;

/// <summary>The text being typed and the place in it. Pairs of surrogates are passed and deleted as one.</summary>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = string.Empty;

    public int Cursor { get; private set; }

    public void Set(string text) => Set(text, text.Length);

    public void Set(string text, int cursor) => (Text, Cursor) = (text, cursor);

    public void Insert(string text) => Set(Text.Insert(Cursor, text), Cursor + text.Length);

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    /// <summary>To the start of the line of a text that may have several.</summary>
    public void Home() => Cursor = Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    public void End() => Cursor = Text.IndexOf('\n', Cursor) is >= 0 and var end ? end : Text.Length;

    public void WordLeft() => Cursor = WordStart();

    public void WordRight()
    {
        while (Cursor < Text.Length && char.IsWhiteSpace(Text[Cursor]))
        {
            Cursor++;
        }

        while (Cursor < Text.Length && !char.IsWhiteSpace(Text[Cursor]))
        {
            Cursor++;
        }
    }

    public void Backspace() => Remove(Before(Cursor), Cursor);

    public void Delete() => Remove(Cursor, After(Cursor));

    public void DeleteToStart() => Remove(0, Cursor);

    public void DeleteToEnd() => Remove(Cursor, Text.Length);

    public void DeleteWord() => Remove(WordStart(), Cursor);

    private int WordStart()
    {
        var at = Cursor;
        while (at > 0 && char.IsWhiteSpace(Text[at - 1]))
        {
            at--;
        }

        while (at > 0 && !char.IsWhiteSpace(Text[at - 1]))
        {
            at--;
        }

        return at;
    }

    private int Before(int at) =>
        at > 1 && char.IsSurrogatePair(Text[at - 2], Text[at - 1]) ? at - 2 : Math.Max(0, at - 1);

    private int After(int at) =>
        at + 1 < Text.Length && char.IsSurrogatePair(Text[at], Text[at + 1]) ? at + 2 : Math.Min(Text.Length, at + 1);

    private void Remove(int from, int to) => Set(Text.Remove(from, to - from), from);
}
