using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Threading;

namespace OpenRouter.Sandbox.Shell;

/// <summary>Makes a SecureString of text, which must be asked for in so many words as in PowerShell.</summary>
[Cmdlet(VerbsData.ConvertTo, "SecureString")]
[OutputType(typeof(SecureString))]
internal sealed class ConvertToSecureStringCmdlet : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    public string String { get; set; } = string.Empty;

    [Parameter(Mandatory = true)]
    public SwitchParameter AsPlainText { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        var secret = new SecureString();
        foreach (var letter in String)
        {
            secret.AppendChar(letter);
        }

        WriteObject(secret);
    }
}

[Cmdlet(VerbsCommunications.Read, "Host")]
internal sealed class ReadHostCmdlet : PSCmdlet
{
    [Parameter(Position = 0)]
    public string? Prompt { get; set; }

    [Parameter]
    public SwitchParameter AsSecureString { get; set; }

    protected override void EndProcessing()
    {
        if (string.IsNullOrEmpty(Prompt))
        {
            WriteObject(AsSecureString ? Host.UI.ReadLineAsSecureString() : Host.UI.ReadLine());
            return;
        }

        var field = new FieldDescription(Prompt);
        field.SetParameterType(AsSecureString ? typeof(SecureString) : typeof(string));
        WriteObject(Host.UI.Prompt(null, null, [field])[Prompt]);
    }
}

[Cmdlet(VerbsCommon.Get, "Content")]
internal sealed class GetContentCmdlet : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public string Path { get; set; } = string.Empty;

    [Parameter]
    public SwitchParameter Raw { get; set; }

    protected override void EndProcessing()
    {
        try
        {
            foreach (var path in GetResolvedProviderPathFromPSPath(Path, out _))
            {
                WriteObject(Raw ? File.ReadAllText(path) : File.ReadAllLines(path), enumerateCollection: true);
            }
        }
        catch (ItemNotFoundException missing)
        {
            WriteError(new ErrorRecord(missing.ErrorRecord, missing));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(e, "GetContent", ErrorCategory.ReadError, Path));
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Location")]
internal sealed class SetLocationCmdlet : PSCmdlet
{
    [Parameter(Position = 0)]
    public string Path { get; set; } = "~";

    protected override void EndProcessing()
    {
        try
        {
            SessionState.Path.SetLocation(Path);
        }
        catch (ItemNotFoundException missing)
        {
            WriteError(new ErrorRecord(missing.ErrorRecord, missing));
        }
    }
}

[Cmdlet(VerbsLifecycle.Start, "Sleep")]
internal sealed class StartSleepCmdlet : PSCmdlet, IDisposable
{
    private readonly ManualResetEventSlim stopped = new();

    [Parameter(Position = 0)]
    [ValidateRange(0, 86_400)]
    public double Seconds { get; set; }

    [Parameter]
    [ValidateRange(0, 86_400_000)]
    public int Milliseconds { get; set; }

    protected override void EndProcessing() =>
        stopped.Wait(TimeSpan.FromSeconds(Seconds) + TimeSpan.FromMilliseconds(Milliseconds));

    protected override void StopProcessing() => stopped.Set();

    public void Dispose() => stopped.Dispose();
}
