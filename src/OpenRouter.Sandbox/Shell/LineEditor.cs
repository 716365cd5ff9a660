using System;

namespace OpenRouter.Sandbox.Shell;

/// <summary>Reads a line with the keys people expect. The shell adds history, completion and continuation.</summary>
internal sealed class LineEditor(IConsole console)
{
    private readonly LineBuffer buffer = new();
    private CompletionCycle? cycle;

    public History? History { get; init; }

    public Func<string, int, CompletionCycle?>? Complete { get; init; }

    /// <summary>Tells of a text that Enter does not end yet, such as an open brace.</summary>
    public Func<string, bool>? IsIncomplete { get; init; }

    /// <summary>Whether Ctrl+D on an empty line ended the last read.</summary>
    public bool AtEnd { get; private set; }

    /// <returns>The line; null on Ctrl+C and at the end of input.</returns>
    public string? ReadLine(string prompt)
    {
        var view = new LineView(console, prompt);
        buffer.Set(string.Empty);
        cycle = null;
        AtEnd = false;
        view.Draw(string.Empty, 0);
        while (true)
        {
            var key = console.ReadKey();
            var control = (key.Modifiers & ConsoleModifiers.Control) != 0;
            if (key.Key != ConsoleKey.Tab)
            {
                cycle = null;
            }

            if (control && key.Key == ConsoleKey.C)
            {
                view.Leave(buffer.Text + "^C");
                History?.Rewind();
                return null;
            }

            if (control && key.Key == ConsoleKey.D && buffer.Text.Length == 0)
            {
                view.Leave(string.Empty);
                AtEnd = true;
                return null;
            }

            if (key.Key == ConsoleKey.Enter)
            {
                if (IsIncomplete?.Invoke(buffer.Text) != true)
                {
                    view.Leave(buffer.Text);
                    History?.Add(buffer.Text);
                    return buffer.Text;
                }

                buffer.Insert("\n");
            }
            else if (control && key.Key == ConsoleKey.L)
            {
                view.Clear();
            }
            else
            {
                Edit(key, control);
            }

            view.Draw(buffer.Text, buffer.Cursor, cycle?.Hint);
        }
    }

    private void Edit(ConsoleKeyInfo key, bool control)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow when control:
                buffer.WordLeft();
                break;
            case ConsoleKey.RightArrow when control:
                buffer.WordRight();
                break;
            case ConsoleKey.LeftArrow:
            case ConsoleKey.B when control:
                buffer.Left();
                break;
            case ConsoleKey.RightArrow:
            case ConsoleKey.F when control:
                buffer.Right();
                break;
            case ConsoleKey.Home:
            case ConsoleKey.A when control:
                buffer.Home();
                break;
            case ConsoleKey.End:
            case ConsoleKey.E when control:
                buffer.End();
                break;
            case ConsoleKey.Backspace when control:
            case ConsoleKey.W when control:
                buffer.DeleteWord();
                break;
            case ConsoleKey.Backspace:
                buffer.Backspace();
                break;
            case ConsoleKey.Delete:
            case ConsoleKey.D when control:
                buffer.Delete();
                break;
            case ConsoleKey.Escape:
                buffer.Set(string.Empty);
                break;
            case ConsoleKey.U when control:
                buffer.DeleteToStart();
                break;
            case ConsoleKey.K when control:
                buffer.DeleteToEnd();
                break;
            case ConsoleKey.UpArrow:
            case ConsoleKey.P when control:
                Show(History?.Older(buffer.Text));
                break;
            case ConsoleKey.DownArrow:
            case ConsoleKey.N when control:
                Show(History?.Newer());
                break;
            case ConsoleKey.Tab:
                Tab(back: (key.Modifiers & ConsoleModifiers.Shift) != 0);
                break;
            case var _ when !char.IsControl(key.KeyChar):
                buffer.Insert(key.KeyChar.ToString());
                break;
        }
    }

    private void Show(string? line)
    {
        if (line is not null)
        {
            buffer.Set(line);
        }
    }

    private void Tab(bool back)
    {
        cycle ??= Complete?.Invoke(buffer.Text, buffer.Cursor);
        if (cycle?.Next(back) is var (text, cursor))
        {
            buffer.Set(text, cursor);
        }
    }
}
