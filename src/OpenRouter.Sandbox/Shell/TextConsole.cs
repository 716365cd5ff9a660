using System;
using System.IO;

namespace OpenRouter.Sandbox.Shell;

/// <summary>A console that only writes, at a given width, without colours and without anybody to ask.</summary>
internal sealed class TextConsole(TextWriter output, TextWriter? errors = null, int width = 120) : IConsole
{
    public bool IsTerminal => false;

    public bool HasColor => false;

    public bool CanAsk => false;

    public int Width => width;

    public int Height => 50;

    public void Write(string text) => output.Write(text);

    public void WriteError(string text) => (errors ?? output).Write(text);

    public ConsoleKeyInfo ReadKey() => throw new InvalidOperationException("This console has no keys.");
}
