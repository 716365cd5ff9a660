using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Changes provider credentials, or rotates their keys in place.</summary>
/// <remarks>
/// <para>
/// A setting that is not given stays as it is. A list replaces the one before; -Add… and -Remove… change a list
/// entry by entry. -Clear takes a setting away. A value that is empty is an error, since it may be a look-up that
/// found nothing: an empty list never lifts a restriction.
/// </para>
/// <para>
/// -Key rotates the key in place: id, settings and order stay, and the label is made anew. Provider, workspace and
/// order of a credential cannot be changed. Only ids bind from the pipeline, so an object from Get-OpenRouterByokKey
/// never writes itself back.
/// </para>
/// <para>
/// -Add… and -Remove… read the credential first and once more after the change. When somebody else has changed the
/// list in between, it is read and changed again. The API has no conditional update, so a change that another client
/// makes within the same moment may still be lost.
/// </para>
/// </remarks>
/// <example>
/// <summary>Give a credential another name and two models</summary>
/// <code>
/// $models = 'openai/gpt-4o', 'openai/gpt-4o-mini'
/// Set-OpenRouterByokKey 'Team account' -NewName Batch -AllowedModel $models
/// </code>
/// <para>Everything else stays as it is.</para>
/// </example>
/// <example>
/// <summary>Say who may use a credential, by name</summary>
/// <code>
/// Set-OpenRouterByokKey 'Team account' -AllowedApiKey 'Nightly eval' `
///     -AllowedUser ada.okafor@example.com
/// </code>
/// <para>
/// The names are looked up once, whatever the pipeline brings. An unknown one ends the command before any change.
/// </para>
/// </example>
/// <example>
/// <summary>Allow one more model, and one member less</summary>
/// <code>
/// Set-OpenRouterByokKey 'Claude only' -AddAllowedModel amazon/nova-pro-v1
/// Set-OpenRouterByokKey Admins -RemoveAllowedUser ada.okafor@example.com
/// </code>
/// <para>The last entry of a list cannot be removed, since that would open the credential to all.</para>
/// </example>
/// <example>
/// <summary>Lift a restriction</summary>
/// <code>Set-OpenRouterByokKey 'Claude only' -Clear AllowedModel -PassThru</code>
/// <para>Any model may use it now; with -PassThru the changed credential comes out.</para>
/// </example>
/// <example>
/// <summary>Rotate a key</summary>
/// <code>
/// Set-OpenRouterByokKey Production -Provider openai -Workspace Production `
///     -Key (Get-Secret OpenAIKey)
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
[Cmdlet(VerbsCommon.Set, "OpenRouterByokKey", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(ByokKey))]
public sealed class SetOpenRouterByokKeyCommand : KeyTargetCommand
{
    private ByokKeyChanges changes = new();
    private AllowListEdits edits = AllowListEdits.None;
    private bool hasFoundNames;

    /// <summary>The name that the credential gets, up to 255 characters.</summary>
    [Parameter]
    [AllowNull]
    [TextArgument]
    public string? NewName { get; set; }

    /// <inheritdoc cref="NewOpenRouterByokKeyCommand.Key"/>
    [Parameter]
    [ValidateNotNull]
    [SecretArgument]
    public SecureString? Key { get; set; }

    /// <inheritdoc cref="NewOpenRouterByokKeyCommand.AllowedModel"/>
    [Parameter]
    [AllowNull]
    [Alias("AllowedModels")]
    [EntriesArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? AllowedModel { get; set; }

    /// <summary>Models to add to those that may use the credential. It must have such a list already.</summary>
    [Parameter]
    [EntriesArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? AddAllowedModel { get; set; }

    /// <summary>Models to remove from those that may use the credential. The last one cannot be removed.</summary>
    [Parameter]
    [EntriesArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? RemoveAllowedModel { get; set; }

    /// <inheritdoc cref="NewOpenRouterByokKeyCommand.AllowedApiKey"/>
    [Parameter]
    [AllowNull]
    [Alias("AllowedApiKeys")]
    [ReferenceArgument(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash), SplitsText = true)]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public string[]? AllowedApiKey { get; set; }

    /// <summary>
    /// OpenRouter API keys to add to those that may use the credential, given by name, by hash or as objects. It must
    /// have such a list already.
    /// </summary>
    [Parameter]
    [ReferenceArgument(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash), SplitsText = true)]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public string[]? AddAllowedApiKey { get; set; }

    /// <summary>
    /// OpenRouter API keys to remove from those that may use the credential, given by name, by hash or as objects. The
    /// last one cannot be removed. For one that no longer exists, specify the hash.
    /// </summary>
    [Parameter]
    [ReferenceArgument(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash), SplitsText = true)]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public string[]? RemoveAllowedApiKey { get; set; }

    /// <inheritdoc cref="NewOpenRouterByokKeyCommand.AllowedApiKeyHash"/>
    [Parameter]
    [AllowNull]
    [Alias("AllowedApiKeyHashes")]
    [EntriesArgument]
    [ArgumentCompleter(typeof(ApiKeyHashCompleter))]
    public string[]? AllowedApiKeyHash { get; set; }

    /// <inheritdoc cref="NewOpenRouterByokKeyCommand.AllowedUser"/>
    [Parameter]
    [AllowNull]
    [Alias("AllowedUsers")]
    [ReferenceArgument(typeof(OpenRouterMember), nameof(OpenRouterMember.Id), SplitsText = true)]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? AllowedUser { get; set; }

    /// <summary>
    /// Members to add to those who may use the credential, given by e-mail address, name, id or as objects. It must
    /// have such a list already.
    /// </summary>
    [Parameter]
    [ReferenceArgument(typeof(OpenRouterMember), nameof(OpenRouterMember.Id), SplitsText = true)]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? AddAllowedUser { get; set; }

    /// <summary>
    /// Members to remove from those who may use the credential, given by e-mail address, name, id or as objects. The
    /// last one cannot be removed. For somebody who is no longer a member, specify the id.
    /// </summary>
    [Parameter]
    [ReferenceArgument(typeof(OpenRouterMember), nameof(OpenRouterMember.Id), SplitsText = true)]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? RemoveAllowedUser { get; set; }

    /// <inheritdoc cref="NewOpenRouterByokKeyCommand.AllowedUserId"/>
    [Parameter]
    [AllowNull]
    [Alias("AllowedUserIds")]
    [EntriesArgument]
    [ArgumentCompleter(typeof(MemberIdCompleter))]
    public string[]? AllowedUserId { get; set; }

    /// <summary>
    /// The settings to take away: AllowedModel, AllowedApiKey and AllowedUser lift the restriction, Name leaves the
    /// credential without a name, DeclaredZdr and DeclaredRegion take the declaration back.
    /// </summary>
    [Parameter]
    [ValidateSet(
        nameof(AllowedModel), nameof(AllowedApiKey), nameof(AllowedUser), nameof(Name), nameof(DeclaredZdr),
        nameof(DeclaredRegion))]
    public string[] Clear { get; set; } = [];

    /// <inheritdoc cref="NewOpenRouterByokKeyCommand.Disabled"/>
    [Parameter]
    [SwitchArgument]
    public SwitchParameter Disabled { get; set; }

    /// <inheritdoc cref="NewOpenRouterByokKeyCommand.Fallback"/>
    [Parameter]
    [Alias("IsFallback")]
    [SwitchArgument]
    public SwitchParameter Fallback { get; set; }

    /// <inheritdoc cref="NewOpenRouterByokKeyCommand.Required"/>
    [Parameter]
    [Alias("IsRequired")]
    [SwitchArgument]
    public SwitchParameter Required { get; set; }

    /// <inheritdoc cref="NewOpenRouterByokKeyCommand.ByokOnly"/>
    [Parameter]
    [Alias("IsByokOnly")]
    [SwitchArgument]
    public SwitchParameter ByokOnly { get; set; }

    /// <inheritdoc cref="NewOpenRouterByokKeyCommand.DeclaredZdr"/>
    [Parameter]
    [AllowNull]
    [BooleanArgument]
    public bool? DeclaredZdr { get; set; }

    /// <inheritdoc cref="NewOpenRouterByokKeyCommand.DeclaredRegion"/>
    [Parameter]
    [AllowNull]
    [TextArgument]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? DeclaredRegion { get; set; }

    /// <summary>Outputs the changed credentials.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    // What is wrong on the command line itself concerns every item, so it ends the command before the first one.
    private protected override void Begin()
    {
        base.Begin();
        var typed = new TypedSettings(
            this, MyInvocation.BoundParameters.Keys, setting => setting.SetParameter, AdviceIfEmpty);
        var given = Validate.Settings(typed.Read());
        edits = AllowListEdits.Read(typed, given);
        changes = WithCleared(given);
        if (IsNothing) WriteWarning(Messages.NothingToChange);
    }

    private protected override void ProcessIds(IReadOnlyList<string> ids)
    {
        if (IsNothing) return;
        if (!hasFoundNames) FindNames();
        RunForEach(ids, Validate.Id, IsAgreed, UpdateAsync);
    }

    private static string AdviceIfEmpty(string parameter) =>
        CredentialSettings.All.FirstOrDefault(setting => setting.IsGivenBy(parameter)) is { IsClearable: true } setting
            ? Messages.Format(Messages.AdviceEmptyInSet, setting.ClearName)
            : Messages.AdviceEmptyEdit;

    private bool IsNothing => changes.IsEmpty && edits.IsEmpty;

    private ByokKeyChanges WithCleared(ByokKeyChanges given)
    {
        foreach (var setting in CredentialSettings.All)
        {
            if (!Clear.Contains(setting.ClearName, StringComparer.OrdinalIgnoreCase)) continue;
            if (given.Has(setting) || edits.Has(setting))
            {
                throw new OpenRouterException(
                    ErrorReason.InvalidArgument, Messages.ClearedAndGiven, setting.ClearName);
            }

            given = given.WithValue(setting, value: null);
        }

        return given;
    }

    private void FindNames()
    {
        foreach (var list in CredentialSettings.Lists)
        {
            if (changes.Get(list).Value is NameList names) changes = changes.With(list, Find(list, names));
        }

        edits = new AllowListEdits([.. edits.Edits.Select(FindNames)]);
        hasFoundNames = true;
    }

    private AllowListEdit FindNames(AllowListEdit edit) => edit.Setting.Names is null
        ? edit
        : edit with { Add = Find(edit.Setting, edit.Add), Remove = Find(edit.Setting, edit.Remove) };

    private IReadOnlyList<string> Find(ListSetting list, IReadOnlyList<string> entries) => entries.Count == 0
        ? entries
        : RunNow((output, stop) => new AllowListNames(Names).FindAsync(list, entries, output, stop));

    private bool IsAgreed(string id)
    {
        var current = CurrentSession.Account.ByokKeys.Find(id);
        var wanted = changes;
        if (!edits.IsEmpty)
        {
            try
            {
                current = Await((output, stop) => Client.GetByokKeyAsync(id, output, stop));
                CurrentSession.Account.ByokKeys.Add(current);
                wanted = changes.Or(edits.Apply(current));
            }
            catch (OpenRouterException failure)
            {
                Run(id, (_, _) => Task.FromException(failure));
                return false;
            }
        }

        return ShouldProcess(CurrentSession.Account.ByokKeys.Describe(id), ActionOf(wanted, current));
    }

    private string ActionOf(ByokKeyChanges wanted, ByokKey? current) => wanted.IsEmpty
        ? Messages.ActionChangeNothing
        : Messages.Format(Messages.ActionChange, new SettingsText(CurrentSession.Account).Describe(wanted, current));

    private async Task UpdateAsync(string id, PipelineOperation output, CancellationToken cancellationToken)
    {
        var update = edits.IsEmpty
            ? Client.UpdateByokKeyAsync(id, changes, output, cancellationToken)
            : Client.UpdateByokKeyAsync(id, changes, edits.Apply, output, cancellationToken);
        var changed = await update.ConfigureAwait(false);
        CurrentSession.Account.ByokKeys.Add(changed);
        if (PassThru) output.Write(changed);
    }
}
