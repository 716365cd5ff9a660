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

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Creates a provider credential in an OpenRouter account.</summary>
/// <remarks>
/// <para>
/// The key is sent to OpenRouter once. OpenRouter encrypts it and never returns it; from then on, the key is identified
/// by its label, such as sk-...AbCd. To be prompted for the key with masked input, omit -Key.
/// </para>
/// <para>
/// Parameters bind by property name, so you can pipe the rows of a CSV file with columns such as Provider, Name, and
/// AllowedModels. Blank cells are treated as not specified. The credentials of a provider are created in the order of
/// the input, because OpenRouter ranks them by order of creation.
/// </para>
/// </remarks>
/// <example>
/// <summary>Create a credential and be prompted for the key</summary>
/// <code>New-OpenRouterByokKey openai -Name Production</code>
/// <para>The prompt is masked, and the key is not stored in the history.</para>
/// </example>
/// <example>
/// <summary>Create a credential for two models and one API key</summary>
/// <code>
/// $key = Get-Secret AnthropicKey
/// $models = 'anthropic/claude-sonnet-4.5', 'anthropic/claude-opus-4.5'
/// New-OpenRouterByokKey anthropic $key -Name Batch -AllowedModel $models `
///     -Workspace Production -AllowedApiKey 'EU batch'
/// </code>
/// <para>Get-Secret, from the module Microsoft.PowerShell.SecretManagement, returns a SecureString.</para>
/// </example>
/// <example>
/// <summary>Create credentials from a CSV file</summary>
/// <code>
/// $key = @{
///     Name       = 'Key'
///     Expression = { ConvertTo-SecureString $_.Key -AsPlainText -Force }
/// }
/// Import-Csv keys.csv |
///     Select-Object Provider, Name, AllowedModels, $key |
///     New-OpenRouterByokKey
/// </code>
/// <para>The AllowedModels column contains list entries separated by semicolons.</para>
/// </example>
/// <example>
/// <summary>Create a credential from the JSON of the API</summary>
/// <code>
/// Get-Content credential.json -Raw | ConvertFrom-Json |
///     New-OpenRouterByokKey -Key $key -Workspace Production
/// </code>
/// <para>
/// The names of the API, such as is_fallback and allowed_models, are accepted. -Workspace takes precedence over
/// workspace_id.
/// </para>
/// </example>
/// <example>
/// <summary>Create a credential for each API key of a workspace</summary>
/// <code>
/// Get-OpenRouterApiKey -Workspace Production |
///     New-OpenRouterByokKey openai (Get-Secret OpenAIKey)
/// </code>
/// <para>
/// The name, workspace, and hash of each API key become the name, workspace, and allow list of a credential.
/// </para>
/// </example>
/// <example>
/// <summary>See what would be created</summary>
/// <code>New-OpenRouterByokKey azure $key -Name Fallback -Fallback -WhatIf</code>
/// <para>Nothing is sent.</para>
/// </example>
/// <seealso cref="NewOpenRouterByokSecretCommand"/>
/// <seealso cref="SetOpenRouterByokKeyCommand"/>
/// <seealso href="https://openrouter.ai/docs/guides/overview/auth/byok">
/// The key format of each provider
/// </seealso>
[Cmdlet(
    VerbsCommon.New, "OpenRouterByokKey", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSet,
    HelpUri = HelpPages.Address + "New-OpenRouterByokKey.md")]
[OutputType(typeof(ByokKey))]
public sealed class NewOpenRouterByokKeyCommand : ThrottledCommand
{
    private const string ParameterSet = "Parameter";
    private const string ObjectSet = "InputObject";

    private readonly Dictionary<string, Task> lastOfProvider = [];
    private HashSet<string> typed = [];
    private HashSet<string> perInput = [];

    /// <summary>
    /// The slug of the provider, such as openai or amazon-bedrock. Any slug is accepted, and tab completion offers the
    /// known slugs. A slug that neither the module nor the account knows causes a warning.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet)]
    [Parameter(Position = 0, ParameterSetName = ObjectSet, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ReferenceArgument(typeof(OpenRouterProvider), nameof(OpenRouterProvider.Slug), IsSlug = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string Provider { get; set; } = "";

    /// <summary>
    /// The secret that the provider issued, as a SecureString. For most providers, it contains the API key. For azure,
    /// it contains a JSON array of deployments. For amazon-bedrock, it contains a Bedrock API key, or JSON with
    /// accessKeyId, secretAccessKey, and region. For google-vertex, it contains the JSON of a service account. It is
    /// sent once and can never be retrieved.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [SecretArgument]
    public SecureString? Key { get; set; }

    /// <summary>A descriptive name of up to 255 characters.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [TextArgument]
    public string? Name { get; set; }

    /// <summary>
    /// Objects that describe credentials: rows of a CSV file, objects converted from JSON, or the output of
    /// Get-OpenRouterByokKey.
    /// </summary>
    /// <remarks>
    /// The properties can have the names of the parameters of this cmdlet, of the properties of a credential, or of the
    /// fields of the API (is_fallback, allowed_models). A parameter that you specify takes precedence over a property.
    /// Blank and null properties are treated as not specified. An empty list causes an error.
    /// </remarks>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// The name or slug of the workspace that the credential serves, instead of the default workspace of the session or
    /// the account. It cannot be combined with -WorkspaceId.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string? Workspace { get; set; }

    /// <summary>
    /// The id of the workspace that the credential serves, instead of the default workspace of the session or the
    /// account.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [WorkspaceIdArgument]
    [ArgumentCompleter(typeof(WorkspaceIdCompleter))]
    public string? WorkspaceId { get; set; }

    /// <summary>
    /// The slugs of the models that the credential is allowed to serve, such as openai/gpt-4o: 1 to 100 slugs. Text is
    /// split at semicolons, commas, and spaces. If you omit it, any model is allowed.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("AllowedModels")]
    [EntriesArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? AllowedModel { get; set; }

    /// <summary>
    /// The OpenRouter API keys that are allowed to use the credential: 1 to 100 names, hashes, or objects from
    /// Get-OpenRouterApiKey. Text is split at semicolons. If you omit it, any API key is allowed. If no API key of the
    /// account has a name, or several have it, an error occurs and nothing is changed.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("AllowedApiKeys")]
    [ReferenceArgument(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash), SplitsText = true)]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public string[]? AllowedApiKey { get; set; }

    /// <summary>
    /// The hashes of the OpenRouter API keys that are allowed to use the credential: 1 to 100 hashes, each of 64
    /// lowercase hexadecimal digits. The API rejects hashes that do not belong to this account. It cannot be combined
    /// with -AllowedApiKey.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("AllowedApiKeyHashes", "Hash")]
    [EntriesArgument]
    [ArgumentCompleter(typeof(ApiKeyHashCompleter))]
    public string[]? AllowedApiKeyHash { get; set; }

    /// <summary>
    /// The members who are allowed to use the credential: 1 to 100 email addresses, names, ids, or objects from
    /// Get-OpenRouterMember. Text is split at semicolons. If you omit it, any member is allowed. If a value does not
    /// identify a member, an error occurs and nothing is changed.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("AllowedUsers")]
    [ReferenceArgument(typeof(OpenRouterMember), nameof(OpenRouterMember.Id), SplitsText = true)]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string[]? AllowedUser { get; set; }

    /// <summary>
    /// The ids of the members who are allowed to use the credential: 1 to 100 ids. It cannot be combined with
    /// -AllowedUser.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("AllowedUserIds")]
    [EntriesArgument]
    [ArgumentCompleter(typeof(MemberIdCompleter))]
    public string[]? AllowedUserId { get; set; }

    /// <summary>Disables the credential. -Disabled:$false enables it.</summary>
    [Parameter]
    [SwitchArgument]
    public SwitchParameter Disabled { get; set; }

    /// <summary>
    /// Tries the credential only after OpenRouter's shared endpoints. It cannot be combined with -ByokOnly.
    /// </summary>
    [Parameter]
    [Alias("IsFallback")]
    [SwitchArgument]
    public SwitchParameter Fallback { get; set; }

    /// <summary>Removes the provider's shared endpoints for the models that the credential applies to.</summary>
    [Parameter]
    [Alias("IsRequired")]
    [SwitchArgument]
    public SwitchParameter Required { get; set; }

    /// <summary>
    /// Removes the provider's shared endpoints for every model. It cannot be combined with -Fallback.
    /// </summary>
    [Parameter]
    [Alias("IsByokOnly")]
    [SwitchArgument]
    public SwitchParameter ByokOnly { get; set; }

    /// <summary>
    /// Your own declaration of zero data retention. With $true, requests that require zero data retention can use the
    /// credential; with $false, they cannot. If you omit it, the policy of the provider applies.
    /// </summary>
    [Parameter]
    [AllowNull]
    [BooleanArgument]
    public bool? DeclaredZdr { get; set; }

    /// <summary>
    /// Your own declaration of the data region: global, europe, us, or a region that OpenRouter adds later.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [TextArgument]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? DeclaredRegion { get; set; }

    // What is wrong on the command line itself concerns every item, so it ends the command before the first one.
    private protected override void Begin()
    {
        var bound = MyInvocation.BoundParameters;
        perInput = [.. bound.Where(one => IsScriptBlock(one.Value)).Select(one => one.Key)];
        typed = [.. bound.Keys.Except(perInput)];
        if (typed.Contains(nameof(Provider)))
        {
            Validate.NotBlank(nameof(Provider), Provider);
        }

        Validate.Settings(Typed.Read());
        ReadWorkspace(piped: null);
        // What a script block gives for an input is there when the input comes.
        typed.UnionWith(perInput);
    }

    private protected override void ProcessInput()
    {
        NewByokKey key;
        string? target = null;
        try
        {
            var piped = InputObject is null ? null : new PipedCredential(InputObject);
            var given = Typed.Read();
            if (piped is not null)
            {
                given = given.Or(piped.ReadSettings());
            }

            Validate.Settings(given);
            var provider = ReadProvider(piped);
            target = given.Name.Value ?? provider;
            var workspaceId = FindWorkspace(piped);
            given = FindNames(given, workspaceId);
            WarnOfUnknownProviders([provider]);
            if (given.Key is { } known)
            {
                WarnOfKeyFormat(provider, known);
            }

            if (!ShouldProcess(Describe(provider, given, workspaceId), ActionOf(given)))
            {
                return;
            }

            var secret = given.Key ?? Prompt(provider, given);
            key = new NewByokKey(provider, secret, workspaceId, given with { Key = null });
        }
        catch (OpenRouterException failure) when (!failure.EndsCommand)
        {
            WriteError(ErrorRecordFactory.Create(failure, target));
            return;
        }

        lastOfProvider.TryGetValue(key.Provider, out var before);
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lastOfProvider[key.Provider] = done.Task;
        Run(target, (output, cancellationToken) => CreateAsync(key, before, done, output, cancellationToken));
    }

    private async Task CreateAsync(
        NewByokKey key,
        Task? before,
        TaskCompletionSource<bool> done,
        PipelineOperation output,
        CancellationToken cancellationToken)
    {
        try
        {
            if (before is not null)
            {
                await before.ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            var created = await Client.CreateByokKeyAsync(key, output, cancellationToken).ConfigureAwait(false);
            CurrentSession.Account.ByokKeys.Add(created);
            output.Write(created);
        }
        finally
        {
            done.SetResult(true);
        }
    }

    // PowerShell keeps the script block of a parameter in an object of its own until the first input comes.
    private static bool IsScriptBlock(object? typed) =>
        typed is ScriptBlock || typed?.GetType().Name == "DelayedScriptBlockArgument";

    private TypedSettings Typed => new(this, typed, setting => setting.Parameter, AdviceIfEmpty);

    private static string AdviceIfEmpty(string parameter) => parameter == nameof(Key)
        ? Messages.AdviceEmptyKey
        : Messages.Format(Messages.AdviceEmptyInNew, parameter);

    private string ReadProvider(PipedCredential? piped) => Validate.Provider(typed.Contains(nameof(Provider))
        ? Provider
        : piped?.Provider ?? throw new OpenRouterException(
            ErrorReason.InvalidArgument, Messages.NotACredential, IdArgumentAttribute.Describe(InputObject)));

    /// <summary>The workspace as it was given, by name or by id; null when it was not.</summary>
    private string? ReadWorkspace(PipedCredential? piped)
    {
        var name = Typed.Text(nameof(Workspace));
        var id = Typed.Text(nameof(WorkspaceId)) is { } text ? Validate.WorkspaceId(text) : null;
        if (name is not null && id is not null)
        {
            throw Validate.TwoForms(nameof(Workspace), nameof(WorkspaceId));
        }

        if ((name ?? id) is { } given)
        {
            return given;
        }

        if (piped?.IsGlobal is true)
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.PipedKeyIsGlobal);
        }

        if (piped?.WorkspaceId is not { } pipedId)
        {
            return piped?.Workspace;
        }

        return piped.Workspace is null
            ? Validate.WorkspaceId(WorkspaceIdArgumentAttribute.Instance.Read(pipedId))
            : throw Validate.TwoForms(nameof(Workspace), nameof(WorkspaceId));
    }

    private string? FindWorkspace(PipedCredential? piped)
    {
        if (ReadWorkspace(piped) is not { } given)
        {
            return CurrentSession.WorkspaceId;
        }

        return NameResolver.IsWorkspaceId(given)
            ? given
            : Find(nameof(Workspace), (output, stop) => Names.WorkspaceIdAsync(given, output, stop));
    }

    private ByokKeyChanges FindNames(ByokKeyChanges given, string? workspaceId)
    {
        var names = new AllowListNames(Names) { WorkspaceId = new Optional<string?>(workspaceId, IsPresent: true) };
        foreach (var list in CredentialSettings.Lists)
        {
            if (given.Get(list).Value is not NameList entries)
            {
                continue;
            }

            var ids = Find(list.ClearName, (output, stop) => names.FindAsync(list, entries, output, stop));
            given = given.With(list, ids);
        }

        return given;
    }

    // A wrong name that was typed is wrong for all that the pipeline brings.
    private T Find<T>(string parameter, Func<PipelineOperation, CancellationToken, Task<T>> find)
    {
        try
        {
            return RunNow(find);
        }
        catch (OpenRouterException failure) when (typed.Contains(parameter) && !perInput.Contains(parameter))
        {
            ThrowTerminatingError(ErrorRecordFactory.Create(failure, targetObject: null));
            throw;
        }
    }

    private string Describe(string provider, ByokKeyChanges given, string? workspaceId) => Messages.Format(
        Messages.TargetNew,
        provider,
        given.Name.Value is { } name ? $"'{name}'" : Messages.Unnamed,
        workspaceId is null
            ? Messages.WorkspaceDefault
            : Messages.Format(Messages.WorkspaceNamed, CurrentSession.Account.DescribeWorkspace(workspaceId)));

    private string ActionOf(ByokKeyChanges given)
    {
        var described = new SettingsText(CurrentSession.Account)
            .Describe((given with { Key = null }).Without(CredentialSettings.Name), current: null);
        return described.Length == 0 ? Messages.ActionCreate : Messages.Format(Messages.ActionCreateWith, described);
    }

    private SecureString Prompt(string provider, ByokKeyChanges given)
    {
        var prompt = Messages.Format(Messages.PromptProviderKey, $"{provider} {given.Name.Value}".Trim());
        var key = Validate.ProviderKey(SecretPrompt.Read(Host, prompt));
        WarnOfKeyFormat(provider, key);
        return key;
    }
}
