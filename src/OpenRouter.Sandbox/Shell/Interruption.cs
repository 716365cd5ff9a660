using System;
using System.Management.Automation;
using System.Threading;

namespace OpenRouter.Sandbox.Shell;

/// <summary>Turns Ctrl+C into the end of the running pipeline. The process itself never ends by it.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly Lock gate = new();
    private PowerShell? running;

    public Interruption() => Console.CancelKeyPress += OnCancel;

    public void Dispose() => Console.CancelKeyPress -= OnCancel;

    public void Run(PowerShell shell)
    {
        lock (gate)
        {
            running = shell;
        }

        try
        {
            shell.Invoke(null, new PSInvocationSettings { AddToHistory = true });
        }
        finally
        {
            lock (gate)
            {
                running = null;
            }
        }
    }

    public void Stop()
    {
        lock (gate)
        {
            if (running?.InvocationStateInfo.State == PSInvocationState.Running)
            {
                running.BeginStop(null, null);
            }
        }
    }

    private void OnCancel(object? sender, ConsoleCancelEventArgs e)
    {
        e.Cancel = e.SpecialKey == ConsoleSpecialKey.ControlC;
        if (e.Cancel)
        {
            Stop();
        }
    }
}
