using System;
using System.Management.Automation;
using System.Text;
using System.Threading;

namespace OpenRouter.Sandbox.Shell;

/// <summary>Shows progress in one line that is rewritten and taken away at the end. Only a terminal shows it.</summary>
internal sealed class ProgressLine(IConsole console)
{
    private readonly Lock gate = new();
    private bool shown;

    public void Show(ProgressRecord record)
    {
        if (!console.IsTerminal)
        {
            return;
        }

        if (record.RecordType == ProgressRecordType.Completed)
        {
            Clear();
            return;
        }

        // What changes comes first: the rest may not fit.
        var text = new StringBuilder(record.Activity);
        if (record.PercentComplete >= 0)
        {
            text.Append(' ').Append(record.PercentComplete).Append(" %");
        }

        if (record.SecondsRemaining >= 0)
        {
            text.Append(", ").Append(record.SecondsRemaining).Append(" s left");
        }

        text.Append(": ").Append(record.StatusDescription);
        if (!string.IsNullOrEmpty(record.CurrentOperation))
        {
            text.Append(", ").Append(record.CurrentOperation);
        }

        text.Replace('\r', ' ').Replace('\n', ' ');

        // A line that wrapped could not be rewritten.
        if (text.Length >= console.Width)
        {
            text.Length = Math.Max(0, console.Width - 1);
        }

        lock (gate)
        {
            shown = true;
            console.Write(Ansi.ClearLine + (console.HasColor ? Ansi.Cyan + text + Ansi.Reset : text.ToString()));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            if (!shown)
            {
                return;
            }

            shown = false;
            console.Write(Ansi.ClearLine);
        }
    }
}
