using System;
using System.Collections.Generic;
using System.Text;
using OpenRouter.Sandbox.Shell;

namespace OpenRouter.Byok.Tests.Shell;

/// <summary>A console whose keys are typed beforehand: letters, and what the arrows and control keys do.</summary>
internal sealed class KeyConsole : IConsole
{
    private readonly Queue<ConsoleKeyInfo> keys = new();
    private readonly StringBuilder written = new();

    public bool IsTerminal => true;

    public bool HasColor => false;

    public bool CanAsk => true;

    public int Width => 80;

    public int Height => 25;

    public string Written => written.ToString();

    public KeyConsole Type(string text)
    {
        foreach (var letter in text)
        {
            keys.Enqueue(new ConsoleKeyInfo(letter, default, false, false, false));
        }

        return this;
    }

    public KeyConsole Press(params ConsoleKey[] pressed)
    {
        foreach (var key in pressed)
        {
            keys.Enqueue(new ConsoleKeyInfo('\0', key, false, false, false));
        }

        return this;
    }

    public KeyConsole Control(ConsoleKey key)
    {
        keys.Enqueue(new ConsoleKeyInfo('\0', key, false, false, control: true));
        return this;
    }

    public KeyConsole Enter(string text) => Type(text).Press(ConsoleKey.Enter);

    public void Write(string text) => written.Append(text);

    public void WriteError(string text) => written.Append(text);

    public ConsoleKeyInfo ReadKey() => keys.Dequeue();
}
