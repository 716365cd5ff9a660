using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace OpenRouter.Sandbox.Shell;

/// <summary>A PowerShell host over an <see cref="IConsole"/>: for the shell, for scripts, for tests.</summary>
internal sealed class SandboxHost(IConsole console) : PSHost
{
    private readonly SandboxHostUi ui = new(console);

    /// <summary>The exit code asked for with <c>exit</c>; null as long as nothing asked.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Called on Ctrl+C at a prompt, before the prompt ends.</summary>
    public Action? Interrupted
    {
        get => ui.Interrupted;
        set => ui.Interrupted = value;
    }

    public override string Name => "OpenRouter.Sandbox";

    public override Version Version { get; } = typeof(SandboxHost).Assembly.GetName().Version ?? new Version(0, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => ui;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <summary>Sends what is written meanwhile to where errors go.</summary>
    public void WriteToErrors(Action write)
    {
        ui.WritesToErrors = true;
        try
        {
            write();
        }
        finally
        {
            ui.WritesToErrors = false;
        }
    }

    /// <summary>Takes away the progress line that a stopped command left behind.</summary>
    public void EndProgress() => ui.EndProgress();

    public override void EnterNestedPrompt() =>
        throw new HostException("This shell does not support nested prompts. Answer Yes or No.");

    public override void ExitNestedPrompt()
    {
    }

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
