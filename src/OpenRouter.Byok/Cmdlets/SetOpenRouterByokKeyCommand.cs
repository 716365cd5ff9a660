using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Changes provider credentials, or rotates their keys in place.</summary>
/// <remarks>
/// <para>
/// A setting that is not given stays as it is. $null clears what can be cleared: the name, the three allow lists and
/// the two declarations. A list replaces the one before. -Key rotates the key in place: id, settings and order stay,
/// and the label is made anew.
/// </para>
/// <para>
/// Provider, workspace and order of a credential cannot be changed. Only the id binds from the pipeline, so an object
/// from Get-OpenRouterByokKey never writes itself back.
/// </para>
/// </remarks>
/// <example>
/// <summary>Give a credential a name and two models</summary>
/// <code>
/// $models = 'openai/gpt-4o', 'openai/gpt-4o-mini'
/// Set-OpenRouterByokKey -Id $id -Name Batch -AllowedModel $models
/// </code>
/// <para>Everything else stays as it is.</para>
/// </example>
/// <example>
/// <summary>Say who may use a credential, by name</summary>
/// <code>
/// Get-OpenRouterByokKey 'Team account' |
///     Set-OpenRouterByokKey -AllowedApiKey 'Nightly eval' `
///         -AllowedUser ada.okafor@example.com
/// </code>
/// <para>
/// The names are looked up once, whatever the pipeline brings. An unknown one ends the command before any change.
/// </para>
/// </example>
/// <example>
/// <summary>Take a restriction away</summary>
/// <code>Set-OpenRouterByokKey -Id $id -AllowedModel $null -PassThru</code>
/// <para>$null clears; with -PassThru the changed credential comes out.</para>
/// </example>
/// <example>
/// <summary>Rotate a key</summary>
/// <code>
/// Get-OpenRouterByokKey Production -Provider openai |
///     Set-OpenRouterByokKey -Key (Get-Secret OpenAIKey)
/// </code>
/// <para>The key is replaced in place; requests use the new one from then on.</para>
/// </example>
/// <example>
/// <summary>Make a provider's credentials fallbacks, asking for each</summary>
/// <code>
/// Get-OpenRouterByokKey -Provider azure |
///     Set-OpenRouterByokKey -Fallback -Confirm
/// </code>
/// <para>-Fallback:$false takes it back.</para>
/// </example>
/// <seealso cref="GetOpenRouterByokKeyCommand"/>
/// <seealso cref="EnableOpenRouterByokKeyCommand"/>
[Cmdlet(VerbsCommon.Set, "OpenRouterByokKey", SupportsShouldProcess = true)]
[OutputType(typeof(ByokKey))]
public sealed class SetOpenRouterByokKeyCommand : ByokKeySettingsCommand
{
    private ByokKeyChanges changes = new();
    private bool hasFoundNames;

    /// <summary>The ids of the credentials to change.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("KeyId")]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>Outputs the changed credentials.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Begin()
    {
        base.Begin();
        changes = ReadSettings();
        if (changes.IsEmpty) WriteWarning(Messages.NothingToChange);
    }

    private protected override void ProcessInput()
    {
        if (changes.IsEmpty) return;
        if (!hasFoundNames) changes = FindNames(changes, Names.ApiKeyHashAsync);
        hasFoundNames = true;
        var action = Text.Of(Messages.ActionChange, string.Join(", ", ChangedSettings()));
        RunForEach(Id, id => ShouldProcess(CurrentSession.KnownKeys.Describe(id), action), UpdateAsync);
    }

    private async Task UpdateAsync(string id, Operation output, CancellationToken cancellationToken)
    {
        var changed = await Client.UpdateByokKeyAsync(id, changes, output, cancellationToken).ConfigureAwait(false);
        CurrentSession.KnownKeys.Remember(changed);
        if (PassThru) output.Write(changed);
    }

    private IEnumerable<string> ChangedSettings() =>
        MyInvocation.BoundParameters.Keys.Where(Settings.Contains);

    private static readonly HashSet<string> Settings =
    [
        nameof(Key), nameof(Name), nameof(AllowedModel), nameof(AllowedApiKey), nameof(AllowedApiKeyHash),
        nameof(AllowedUser), nameof(AllowedUserId), nameof(Disabled), nameof(Fallback), nameof(Required),
        nameof(ByokOnly), nameof(DeclaredZdr), nameof(DeclaredRegion),
    ];
}
