using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Session;
using OpenRouter.Byok.Testing;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Changes provider credentials, or rotates their keys in place.</summary>
/// <remarks>
/// <para>
/// Settings that you do not specify stay unchanged. A list replaces the previous list; -Add… and -Remove… add and
/// remove individual entries. -Clear clears a setting. An empty value causes an error, because it may be the result of
/// a lookup that found nothing. An empty list never removes a restriction.
/// </para>
/// <para>
/// -Key rotates the key in place: the id, the settings, and the order stay the same, and the label changes. You cannot
/// change the provider, workspace, or order of a credential. Only ids bind from the pipeline, so the properties of an
/// object from Get-OpenRouterByokKey are never written back.
/// </para>
/// <para>
/// -Add… and -Remove… read the credential before and after the change. If another client changed the list in the
/// meantime, the cmdlet reads and changes it again. The API has no conditional update, so a change that another client
/// makes at the same moment can still be lost.
/// </para>
/// <para>
/// With -ProvingWorkspace, a new key is tested before it replaces the old one: in a workspace that is kept for tests,
/// in the same way as with Test-OpenRouterByokKey. If the provider does not accept the key, nothing is changed. For
/// several credentials of a provider, the key is tested once. Afterwards, a test request is sent on each credential
/// that is certain to serve a request of one of the API keys in -ApiKey.
/// </para>
/// </remarks>
/// <example>
/// <summary>Rename a credential and restrict it to two models</summary>
/// <code>
/// $models = 'openai/gpt-4o', 'openai/gpt-4o-mini'
/// Set-OpenRouterByokKey 'Team account' -NewName Batch -AllowedModel $models
/// </code>
/// <para>Everything else stays as it is.</para>
/// </example>
/// <example>
/// <summary>Specify by name who can use a credential</summary>
/// <code>
/// Set-OpenRouterByokKey 'Team account' -AllowedApiKey 'Nightly eval' `
///     -AllowedUser ada.okafor@example.com
/// </code>
/// <para>
/// The names are looked up once, regardless of the pipeline input. An unknown name ends the command before any change.
/// </para>
/// </example>
/// <example>
/// <summary>Add a model and remove a member</summary>
/// <code>
/// Set-OpenRouterByokKey 'Claude only' -AddAllowedModel amazon/nova-pro-v1
/// Set-OpenRouterByokKey Admins -RemoveAllowedUser ada.okafor@example.com
/// </code>
/// <para>The last entry of a list cannot be removed, because this would remove the restriction.</para>
/// </example>
/// <example>
/// <summary>Remove a restriction</summary>
/// <code>Set-OpenRouterByokKey 'Claude only' -Clear AllowedModel -PassThru</code>
/// <para>The credential can now serve any model. With -PassThru, the cmdlet outputs the changed credential.</para>
/// </example>
/// <example>
/// <summary>Rotate a key</summary>
/// <code>
/// Set-OpenRouterByokKey Production -Provider openai -Workspace Production `
///     -Key (Get-Secret OpenAIKey)
/// </code>
/// <para>The key is replaced in place. From then on, requests use the new key.</para>
/// </example>
/// <example>
/// <summary>Rotate a key only if the provider accepts the new one</summary>
/// <code>
/// $scratch = ConvertTo-SecureString $env:SCRATCH_API_KEY -AsPlainText -Force
/// Set-OpenRouterByokKey Production -Provider openai -Workspace Production `
///     -Key (Get-Secret OpenAIKey) -ProvingWorkspace Scratch -ApiKey $scratch
/// </code>
/// <para>
/// The new key is tested with a temporary credential in the workspace Scratch. If it is rejected, an error says why,
/// and the credential keeps its old key.
/// </para>
/// </example>
/// <example>
/// <summary>Make the credentials of a provider fallbacks</summary>
/// <code>
/// Get-OpenRouterByokKey -Provider azure |
///     Set-OpenRouterByokKey -Fallback -Confirm
/// </code>
/// <para>-Confirm prompts for each credential. To undo the change, specify -Fallback:$false.</para>
/// </example>
/// <seealso cref="GetOpenRouterByokKeyCommand"/>
/// <seealso cref="EnableOpenRouterByokKeyCommand"/>
/// <seealso cref="TestOpenRouterByokKeyCommand"/>
[Cmdlet(
    VerbsCommon.Set, "OpenRouterByokKey", SupportsShouldProcess = true, DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Set-OpenRouterByokKey.md")]
[OutputType(typeof(ByokKey))]
public sealed class SetOpenRouterByokKeyCommand : KeyTargetCommand
{
    private ByokKeyChanges changes = new();
    private AllowListEdits edits = AllowListEdits.None;
    private bool hasFoundNames;
    private SecureString? ownApiKey;
    private KeyRotation? rotation;

    /// <summary>The new name of the credential, up to 255 characters.</summary>
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

    /// <summary>
    /// The models to add to the list of allowed models. The credential must already have such a list.
    /// </summary>
    [Parameter]
    [EntriesArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? AddAllowedModel { get; set; }

    /// <summary>The models to remove from the list of allowed models. The last model cannot be removed.</summary>
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
    /// The OpenRouter API keys to add to the list of allowed API keys. Specify names, hashes, or objects. The
    /// credential must already have such a list.
    /// </summary>
    [Parameter]
    [ReferenceArgument(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash), SplitsText = true)]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public string[]? AddAllowedApiKey { get; set; }

    /// <summary>
    /// The OpenRouter API keys to remove from the list of allowed API keys. Specify names, hashes, or objects. The last
    /// API key cannot be removed. For an API key that no longer exists, specify the hash.
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
    /// The members to add to the list of allowed members. Specify email addresses, names, ids, or objects. The
    /// credential must already have such a list.
    /// </summary>
    [Parameter]
    [ReferenceArgument(typeof(OpenRouterMember), nameof(OpenRouterMember.Id), SplitsText = true)]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? AddAllowedUser { get; set; }

    /// <summary>
    /// The members to remove from the list of allowed members. Specify email addresses, names, ids, or objects. The
    /// last member cannot be removed. For a user who is no longer a member, specify the id.
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
    /// The settings to clear: AllowedModel, AllowedApiKey, and AllowedUser remove the restriction, Name removes the
    /// name, and DeclaredZdr and DeclaredRegion withdraw the declaration.
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

    /// <summary>
    /// The name or slug of a workspace that is kept for tests. The new key is tested there before it replaces the old
    /// key. The workspace has no enabled credential of the provider, and no application sends requests to it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string? ProvingWorkspace { get; set; }

    /// <summary>
    /// API keys for inference, as SecureStrings: one of the workspace for tests and, optionally, API keys of the
    /// workspaces of the credentials, with which each credential is tested after the rotation. The default is the value
    /// of the environment variable OPENROUTER_API_KEY; if it is not set, you are prompted. It is used only with
    /// -ProvingWorkspace.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SecretArgument(AllowsSeveral = true)]
    public SecureString[]? ApiKey { get; set; }

    /// <summary>
    /// The model that receives the test requests, such as openai/gpt-4o-mini. The default is the cheapest model of the
    /// provider. It is used only with -ProvingWorkspace.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterModel), nameof(OpenRouterModel.Id))]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Outputs the changed credentials.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        if (isDisposing)
        {
            ownApiKey?.Dispose();
        }
    }

    // What is wrong on the command line itself concerns every item, so it ends the command before the first one.
    private protected override void Begin()
    {
        base.Begin();
        var typed = new TypedSettings(
            this, MyInvocation.BoundParameters.Keys, setting => setting.SetParameter, AdviceIfEmpty);
        var given = Validate.Settings(typed.Read());
        edits = AllowListEdits.Read(typed, given);
        changes = WithCleared(given);
        if (IsNothing)
        {
            WriteWarning(Messages.NothingToChange);
        }

        CheckTest();
    }

    private protected override void ProcessIds(IReadOnlyList<string> ids)
    {
        if (IsNothing)
        {
            return;
        }

        if (!hasFoundNames)
        {
            FindNames();
            rotation = NewRotation();
        }

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
            if (!Clear.Contains(setting.ClearName, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

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
            if (changes.Get(list).Value is NameList names)
            {
                changes = changes.With(list, Find(list, names));
            }
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

    private void CheckTest()
    {
        Validate.NullOrNotBlank(nameof(ProvingWorkspace), ProvingWorkspace);
        Validate.NullOrNotBlank(nameof(Model), Model);
        if (ProvingWorkspace is not null && Key is null)
        {
            throw Validate.Requiring(nameof(ProvingWorkspace), nameof(Key));
        }

        if (ProvingWorkspace is null && (ApiKey is not null || Model is not null))
        {
            throw Validate.Requiring(ApiKey is null ? nameof(Model) : nameof(ApiKey), nameof(ProvingWorkspace));
        }

        if (ProvingWorkspace is null)
        {
            return;
        }

        if (ApiKey is null)
        {
            ownApiKey = SessionEnvironment.ApiKey()?.Text ?? SecretPrompt.Read(Host, Messages.PromptApiKey);
            ApiKey = [ownApiKey];
        }

        foreach (var apiKey in ApiKey)
        {
            Validate.ApiKey(apiKey);
        }
    }

    private KeyRotation? NewRotation() => ProvingWorkspace is null
        ? null
        : new KeyRotation(
            Client, CurrentSession.Account, Names, ProvingWorkspace, ApiKey!, Model, changes.Key!, Began);

    private bool IsAgreed(string id)
    {
        var current = CurrentSession.Account.ByokKeys.Find(id);
        var wanted = changes;
        var test = "";
        try
        {
            if (!edits.IsEmpty || (rotation is not null && current is null))
            {
                current = Await((output, stop) => Client.GetByokKeyAsync(id, output, stop));
                CurrentSession.Account.ByokKeys.Add(current);
                wanted = changes.Or(edits.Apply(current));
            }

            if (rotation is not null)
            {
                test = Await((output, stop) => rotation.PlanAsync(current!, output, stop));
            }
        }
        catch (OpenRouterException failure)
        {
            Run(id, (_, _) => Task.FromException(failure));
            return false;
        }

        if (changes.Key is { } key && current is not null)
        {
            WarnOfKeyFormat(current.Provider, key);
        }

        var action = ActionOf(wanted, current);
        return ShouldProcess(
            CurrentSession.Account.ByokKeys.Describe(id),
            rotation is null ? action : Messages.Format(Messages.ActionTestAndChange, test, action));
    }

    private string ActionOf(ByokKeyChanges wanted, ByokKey? current) => wanted.IsEmpty
        ? Messages.ActionChangeNothing
        : Messages.Format(Messages.ActionChange, new SettingsText(CurrentSession.Account).Describe(wanted, current));

    private async Task UpdateAsync(string id, PipelineOperation output, CancellationToken cancellationToken)
    {
        var removalFailure = rotation is null
            ? null
            : await rotation.TestNewKeyAsync(id, output, cancellationToken).ConfigureAwait(false);
        var update = edits.IsEmpty
            ? Client.UpdateByokKeyAsync(id, changes, output, cancellationToken)
            : Client.UpdateByokKeyAsync(id, changes, edits.Apply, output, cancellationToken);
        var changed = await update.ConfigureAwait(false);
        CurrentSession.Account.ByokKeys.Add(changed);
        if (PassThru)
        {
            output.Write(changed);
        }

        if (removalFailure is not null)
        {
            output.Error(removalFailure);
        }

        if (rotation is not null)
        {
            await rotation.TestRotatedAsync(changed, output, cancellationToken).ConfigureAwait(false);
        }
    }
}
