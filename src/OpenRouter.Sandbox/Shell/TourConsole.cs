using System;

namespace OpenRouter.Sandbox.Shell;

/// <summary>A console that knows whether the last line was blank, so that steps stand apart by exactly one.</summary>
internal sealed class TourConsole(IConsole console) : IConsole
{
    private int newlines = 2;

    public bool IsTerminal => console.IsTerminal;

    public bool HasColor => console.HasColor;

    public bool CanAsk => false;

    public int Width => console.Width;

    public int Height => console.Height;

    /// <summary>Grows with everything that is written.</summary>
    public int Position { get; private set; }

    public void BlankLine()
    {
        while (newlines < 2)
        {
            Write(Environment.NewLine);
        }
    }

    public void Write(string text)
    {
        if (Count(text))
        {
            console.Write(text);
        }
    }

    public void WriteError(string text)
    {
        if (Count(text))
        {
            console.WriteError(text);
        }
    }

    public ConsoleKeyInfo ReadKey() => console.ReadKey();

    // A second blank line in a row is left out.
    private bool Count(string text)
    {
        if (text.Trim('\r', '\n').Length > 0)
        {
            newlines = text.EndsWith('\n') ? 1 : 0;
        }
        else if (newlines >= 2)
        {
            return false;
        }
        else
        {
            newlines++;
        }

        Position++;
        return true;
    }
}
