using System.Management.Automation;

namespace OpenRouter.Byok.Cmdlets.Base;

/// <summary>A cmdlet that changes credentials, several at once if the pipeline brings several.</summary>
public abstract class ThrottledCommand : SessionCommand
{
    private protected ThrottledCommand()
    {
    }

    /// <summary>
    /// How many credentials are worked on at once, 1 to 64. What comes out keeps the order of what went in. With 1
    /// nothing is begun before the one before is done.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 64)]
    [PSDefaultValue(Value = 8)]
    public int ThrottleLimit { get; set; } = 8;

    private protected override int MaximumConcurrency => ThrottleLimit;
}
