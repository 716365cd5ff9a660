using System;
using System.Management.Automation;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Sandbox.Shell;

/// <summary>Makes the sandbox fail by a plan, as -- serve --faults does, or work again when no plan is given.</summary>
[Cmdlet(VerbsCommon.Set, "SandboxFault")]
public sealed class SetSandboxFaultCmdlet : PSCmdlet
{
    internal const string ServerVariable = "SandboxServer";

    [Parameter(Position = 0)]
    public string? Plan { get; set; }

    protected override void ProcessRecord()
    {
        if (GetVariableValue(ServerVariable) is not SandboxServer server)
        {
            ThrowTerminatingError(new ErrorRecord(
                new InvalidOperationException("This session is not connected to a sandbox."),
                "NoSandbox",
                ErrorCategory.InvalidOperation,
                null));
            return;
        }

        try
        {
            server.Faults = string.IsNullOrWhiteSpace(Plan) ? null : FaultPlan.Parse(Plan);
        }
        catch (FormatException wrong)
        {
            ThrowTerminatingError(new ErrorRecord(wrong, "BadFaultPlan", ErrorCategory.InvalidArgument, Plan));
        }
    }
}
