using System;
using System.Linq;
using System.Management.Automation;

namespace OpenRouter.Sandbox.Shell;

[Cmdlet(VerbsCommunications.Write, "Output")]
internal sealed class WriteOutputCmdlet : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    public PSObject[] InputObject { get; set; } = [];

    protected override void ProcessRecord() => WriteObject(InputObject, enumerateCollection: true);
}

[Cmdlet(VerbsCommunications.Write, "Host")]
internal sealed class WriteHostCmdlet : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    public object[] Object { get; set; } = [];

    [Parameter]
    public ConsoleColor? ForegroundColor { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    protected override void ProcessRecord()
    {
        var text = string.Join(' ', Object.Select(item => PSObject.AsPSObject(item ?? string.Empty).ToString()))
            + (NoNewline ? string.Empty : Environment.NewLine);
        if (ForegroundColor is { } color)
            Host.UI.Write(color, ConsoleColor.Black, text);
        else
            Host.UI.Write(text);
    }
}

/// <summary>The streams that are nothing but a line of text.</summary>
internal abstract class MessageCmdlet : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string Message { get; set; } = string.Empty;
}

[Cmdlet(VerbsCommunications.Write, "Warning")]
internal sealed class WriteWarningCmdlet : MessageCmdlet
{
    protected override void ProcessRecord() => WriteWarning(Message);
}

[Cmdlet(VerbsCommunications.Write, "Verbose")]
internal sealed class WriteVerboseCmdlet : MessageCmdlet
{
    protected override void ProcessRecord() => WriteVerbose(Message);
}

[Cmdlet(VerbsCommunications.Write, "Error")]
internal sealed class WriteErrorCmdlet : MessageCmdlet
{
    protected override void ProcessRecord() =>
        WriteError(new ErrorRecord(new WriteErrorException(Message), null, ErrorCategory.NotSpecified, null));
}

internal sealed class WriteErrorException(string message) : Exception(message);
