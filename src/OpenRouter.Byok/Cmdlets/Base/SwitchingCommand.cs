using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;

namespace OpenRouter.Byok.Cmdlets.Base;

/// <summary>A cmdlet that switches credentials on or off.</summary>
public abstract class SwitchingCommand : KeyTargetCommand
{
    private protected SwitchingCommand()
    {
    }

    /// <summary>Outputs the enabled or disabled credentials.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract bool Disables { get; }

    private protected abstract string ActionName { get; }

    private protected override void ProcessIds(IReadOnlyList<string> ids) => RunForEach(
        ids, Validate.Id, id => ShouldProcess(CurrentSession.Account.ByokKeys.Describe(id), ActionName), SwitchAsync);

    private async Task SwitchAsync(string id, PipelineOperation output, CancellationToken cancellationToken)
    {
        var changes = new ByokKeyChanges().With(CredentialSettings.Disabled, Disables);
        var switched = await Client.UpdateByokKeyAsync(id, changes, output, cancellationToken).ConfigureAwait(false);
        CurrentSession.Account.ByokKeys.Add(switched);
        if (PassThru)
        {
            output.Write(switched);
        }
    }
}
