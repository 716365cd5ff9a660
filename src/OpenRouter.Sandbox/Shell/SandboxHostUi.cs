using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;

namespace OpenRouter.Sandbox.Shell;

/// <summary>What PowerShell writes. What it asks is in the other part of this class.</summary>
internal sealed partial class SandboxHostUi(IConsole console) : PSHostUserInterface
{
    private readonly ProgressLine progress = new(console);
    private string unfinishedLine = string.Empty;

    public override PSHostRawUserInterface RawUI { get; } = new SandboxRawUi(console);

    public override bool SupportsVirtualTerminal => console.HasColor;

    /// <summary>Whether output goes to where errors go.</summary>
    public bool WritesToErrors { get; set; }

    public override void Write(string value)
    {
        progress.Clear();
        if (WritesToErrors)
        {
            console.WriteError(Plain(value));
        }
        else
        {
            console.Write(Plain(value));
        }

        var start = value.LastIndexOf('\n') + 1;
        unfinishedLine = start == 0 ? unfinishedLine + value : value[start..];
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(value.Trim('\r', '\n').Length == 0 ? value : Paint(Ansi.Color(foregroundColor), value));

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value)
    {
        progress.Clear();
        console.WriteError(Paint(Ansi.Red, Plain(value)) + Environment.NewLine);
    }

    public override void WriteWarningLine(string message) => WriteLine(Paint(Ansi.Yellow, "WARNING: " + message));

    public override void WriteVerboseLine(string message) => WriteLine(Paint(Ansi.Yellow, "VERBOSE: " + message));

    public override void WriteDebugLine(string message) => WriteLine(Paint(Ansi.Yellow, "DEBUG: " + message));

    public override void WriteInformation(InformationRecord record)
    {
    }

    public override void WriteProgress(long sourceId, ProgressRecord record) => progress.Show(record);

    /// <summary>Takes away what progress a stopped or finished command left behind.</summary>
    public void EndProgress() => progress.Clear();

    // The engine decorates table headers even for a host without colours.
    private string Plain(string text) =>
        console.HasColor ? text : new StringDecorated(text).ToString(OutputRendering.PlainText);

    // Text that brings its own colours, as formatted errors do, keeps them.
    private string Paint(string color, string text) =>
        console.HasColor && !text.Contains('\e', StringComparison.Ordinal) ? color + text + Ansi.Reset : text;
}
