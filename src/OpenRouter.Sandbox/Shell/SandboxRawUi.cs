using System;
using System.Management.Automation.Host;

namespace OpenRouter.Sandbox.Shell;

/// <summary>Tells PowerShell how wide the console is. It has no screen buffer to read or move.</summary>
internal sealed class SandboxRawUi(IConsole console) : PSHostRawUserInterface
{
    public override Size BufferSize
    {
        get => new(console.Width, console.Height);
        set { }
    }

    public override Size WindowSize
    {
        get => new(console.Width, console.Height);
        set { }
    }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Coordinates WindowPosition { get; set; }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override string WindowTitle { get; set; } = string.Empty;

    public override bool KeyAvailable => console.CanAsk && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (!console.CanAsk)
        {
            throw new HostException("A key press is required, but input is not a terminal.");
        }

        var key = console.ReadKey();
        return new KeyInfo((int)key.Key, key.KeyChar, 0, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NoScreenBuffer();

    public override void ScrollBufferContents(
        Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NoScreenBuffer();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NoScreenBuffer();

    // Clear-Host asks for this with an empty fill.
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        if (console.IsTerminal)
        {
            console.Write(Ansi.ClearScreen);
        }
    }

    private static HostException NoScreenBuffer() => new("This host has no screen buffer.");
}
