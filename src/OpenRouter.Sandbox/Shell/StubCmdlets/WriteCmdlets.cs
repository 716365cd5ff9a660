using System;
using System.Collections;
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

    // The engine shows on the screen what comes with this tag, unless the stream was redirected.
    protected override void ProcessRecord() => WriteInformation(
        new HostInformationMessage
        {
            Message = string.Join(' ', Object.Select(Text)),
            NoNewLine = NoNewline,
            ForegroundColor = ForegroundColor,
        },
        ["PSHOST"]);

    private static string Text(object? item) => item switch
    {
        null => string.Empty,
        PSObject { BaseObject: IEnumerable and not string } list => Text(list.BaseObject),
        IEnumerable list and not string => string.Join(' ', list.Cast<object?>().Select(Text)),
        _ => PSObject.AsPSObject(item).ToString(),
    };
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
