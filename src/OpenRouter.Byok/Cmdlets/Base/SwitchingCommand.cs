using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Completion;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>A cmdlet that switches credentials on or off.</summary>
public abstract class SwitchingCommand : WritingCommand
{
    private protected SwitchingCommand()
    {
    }

    /// <summary>The ids of the credentials to switch.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("KeyId")]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Outputs the switched credentials.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract bool Disables { get; }

    private protected abstract string ActionName { get; }

    private protected override void ProcessInput() =>
        RunForEach(Id, id => ShouldProcess(CurrentSession.KnownKeys.Describe(id), ActionName), SwitchAsync);

    private async Task SwitchAsync(string id, Operation output, CancellationToken cancellationToken)
    {
        var changes = new ByokKeyChanges { Disabled = Disables };
        var switched = await Client.UpdateByokKeyAsync(id, changes, output, cancellationToken).ConfigureAwait(false);
        CurrentSession.KnownKeys.Remember(switched);
        if (PassThru) output.Write(switched);
    }
}
