using System.Management.Automation;

namespace OpenRouter.Byok.Cmdlets.Base;

/// <summary>A cmdlet that changes credentials, several at once if the pipeline brings several.</summary>
public abstract class ThrottledCommand : SessionCommand
{
    private protected ThrottledCommand()
    {
    }

    /// <summary>
    /// The maximum number of credentials that are processed concurrently, 1 to 64. The output keeps the order of the
    /// input. With 1, each operation starts only after the previous one is complete.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 64)]
    [PSDefaultValue(Value = 8)]
    public int ThrottleLimit { get; set; } = 8;

    private protected override int MaximumConcurrency => ThrottleLimit;
}
