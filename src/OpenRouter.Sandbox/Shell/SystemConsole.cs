using System;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Runtime.InteropServices;

namespace OpenRouter.Sandbox.Shell;

/// <summary>The process's own console. When output is redirected it is 120 columns wide and has no colours.</summary>
internal sealed class SystemConsole : IConsole
{
    private const int RedirectedWidth = 120;
    private readonly bool errorsToOutput;
    private readonly bool errorsHaveColor;

    /// <param name="errorsToOutput">Keeps errors in line with the output, for a reader of both.</param>
    public SystemConsole(bool errorsToOutput = false)
    {
        this.errorsToOutput = errorsToOutput;
        IsTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        var wanted = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        HasColor = IsTerminal && wanted;
        errorsHaveColor = errorsToOutput ? HasColor : HasColor && !Console.IsErrorRedirected;
        if (IsTerminal && OperatingSystem.IsWindows())
        {
            UnderstandEscapeSequences();
        }
    }

    public bool IsTerminal { get; }

    public bool HasColor { get; }

    public bool CanAsk => !Console.IsInputRedirected;

    public int Width => !Console.IsOutputRedirected && Console.WindowWidth > 0 ? Console.WindowWidth : RedirectedWidth;

    public int Height => !Console.IsOutputRedirected && Console.WindowHeight > 0 ? Console.WindowHeight : 50;

    public void Write(string text) => Console.Out.Write(text);

    public void WriteError(string text)
    {
        var shown = errorsHaveColor ? text : new StringDecorated(text).ToString(OutputRendering.PlainText);
        (errorsToOutput ? Console.Out : Console.Error).Write(shown);
    }

    public ConsoleKeyInfo ReadKey()
    {
        Console.TreatControlCAsInput = true;
        try
        {
            return Console.ReadKey(intercept: true);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    // Older Windows consoles show escape sequences as text until a program asks for them.
    private static void UnderstandEscapeSequences()
    {
        const int StandardOutput = -11;
        const uint VirtualTerminalProcessing = 4;
        var handle = GetStdHandle(StandardOutput);
        if (GetConsoleMode(handle, out var mode))
        {
            SetConsoleMode(handle, mode | VirtualTerminalProcessing);
        }
    }

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStdHandle(int handle);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetConsoleMode(nint handle, out uint mode);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetConsoleMode(nint handle, uint mode);
}
