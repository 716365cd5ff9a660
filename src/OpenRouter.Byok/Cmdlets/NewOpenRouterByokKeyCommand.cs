using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Creates a provider credential in an OpenRouter account.</summary>
/// <remarks>
/// <para>
/// The key goes to OpenRouter once, which encrypts it and never gives it back; from then on it is known by its label,
/// such as sk-...AbCd. Leave -Key out to be prompted for it without an echo.
/// </para>
/// <para>
/// Parameters bind by property name, so a CSV file with columns such as Provider, Name and AllowedModels can be piped
/// in. Blank cells count as not given. Credentials of one provider are created in the order of the input, since
/// OpenRouter ranks them in the order of their creation.
/// </para>
/// </remarks>
/// <example>
/// <summary>Create a credential and be prompted for the key</summary>
/// <code>New-OpenRouterByokKey openai -Name Production</code>
/// <para>The prompt is masked, and nothing of the key stays in the history.</para>
/// </example>
/// <example>
/// <summary>Create one for two models and one API key</summary>
/// <code>
/// $key = Get-Secret AnthropicKey
/// $models = 'anthropic/claude-sonnet-4.5', 'anthropic/claude-opus-4.5'
/// New-OpenRouterByokKey anthropic $key -Name Batch -AllowedModel $models `
///     -Workspace Production -AllowedApiKey 'EU batch'
/// </code>
/// <para>Get-Secret, of the module Microsoft.PowerShell.SecretManagement, returns a SecureString.</para>
/// </example>
/// <example>
/// <summary>Create what a CSV file lists</summary>
/// <code>
/// $key = @{
///     Name       = 'Key'
///     Expression = { ConvertTo-SecureString $_.Key -AsPlainText -Force }
/// }
/// Import-Csv keys.csv |
///     Select-Object Provider, Name, AllowedModels, $key |
///     New-OpenRouterByokKey
/// </code>
/// <para>A column AllowedModels holds the entries of a list with semicolons between them.</para>
/// </example>
/// <example>
/// <summary>Give each API key of a workspace a credential of its own</summary>
/// <code>
/// Get-OpenRouterApiKey -Workspace Production |
///     New-OpenRouterByokKey openai (Get-Secret OpenAIKey)
/// </code>
/// <para>Name, workspace and hash of the API key become name, workspace and allow list of the credential.</para>
/// </example>
/// <example>
/// <summary>See what would be created</summary>
/// <code>New-OpenRouterByokKey azure $key -Name Fallback -Fallback -WhatIf</code>
/// <para>Nothing is sent.</para>
/// </example>
/// <seealso cref="SetOpenRouterByokKeyCommand"/>
/// <seealso href="https://openrouter.ai/docs/guides/overview/auth/byok">
/// What the key of each provider looks like
/// </seealso>
[Cmdlet(VerbsCommon.New, "OpenRouterByokKey", SupportsShouldProcess = true)]
[OutputType(typeof(ByokKey))]
public sealed class NewOpenRouterByokKeyCommand : ByokKeySettingsCommand
{
    private readonly Dictionary<string, Task> lastOfProvider = [];

    /// <summary>
    /// The slug of the provider, such as openai or amazon-bedrock. Any slug is accepted; the known ones complete.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string Provider { get; set; } = "";

    /// <inheritdoc/>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [SecretArgument]
    public override SecureString? Key { get => base.Key; set => base.Key = value; }

    /// <inheritdoc/>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    public override string? Name { get => base.Name; set => base.Name = value; }

    /// <summary>
    /// The name or slug of the workspace that it serves, in place of the session's or the account's default one. Not
    /// together with -WorkspaceId.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string? Workspace { get; set; }

    /// <summary>
    /// The id of the workspace that it serves, in place of the session's or the account's default one.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ArgumentCompleter(typeof(WorkspaceIdCompleter))]
    public string? WorkspaceId { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("AllowedModels")]
    [EntriesArgument]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public override string[]? AllowedModel { get => base.AllowedModel; set => base.AllowedModel = value; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("AllowedApiKeys")]
    [ReferenceArgument(typeof(OpenRouterApiKey), nameof(OpenRouterApiKey.Hash), SplitsText = true)]
    [ArgumentCompleter(typeof(ApiKeyCompleter))]
    public override string[]? AllowedApiKey { get => base.AllowedApiKey; set => base.AllowedApiKey = value; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("AllowedApiKeyHashes", "Hash")]
    [EntriesArgument]
    [ArgumentCompleter(typeof(ApiKeyHashCompleter))]
    public override string[]? AllowedApiKeyHash
    {
        get => base.AllowedApiKeyHash;
        set => base.AllowedApiKeyHash = value;
    }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("AllowedUsers")]
    [ReferenceArgument(typeof(OpenRouterMember), nameof(OpenRouterMember.Id), SplitsText = true)]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public override string[]? AllowedUser { get => base.AllowedUser; set => base.AllowedUser = value; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("AllowedUserIds")]
    [EntriesArgument]
    [ArgumentCompleter(typeof(MemberIdCompleter))]
    public override string[]? AllowedUserId { get => base.AllowedUserId; set => base.AllowedUserId = value; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SwitchArgument(AllowBlank = true)]
    public override SwitchParameter Disabled { get => base.Disabled; set => base.Disabled = value; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsFallback")]
    [SwitchArgument(AllowBlank = true)]
    public override SwitchParameter Fallback { get => base.Fallback; set => base.Fallback = value; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsRequired")]
    [SwitchArgument(AllowBlank = true)]
    public override SwitchParameter Required { get => base.Required; set => base.Required = value; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsByokOnly")]
    [SwitchArgument(AllowBlank = true)]
    public override SwitchParameter ByokOnly { get => base.ByokOnly; set => base.ByokOnly = value; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [BooleanArgument(AllowBlank = true)]
    public override bool? DeclaredZdr { get => base.DeclaredZdr; set => base.DeclaredZdr = value; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public override string? DeclaredRegion { get => base.DeclaredRegion; set => base.DeclaredRegion = value; }

    private protected override void ProcessInput()
    {
        NewByokKey key;
        try
        {
            var settings = ReadSettings();
            var provider = Validate.NotBlank(nameof(Provider), Provider);
            var workspaceId = FindWorkspace();
            settings = FindNames(
                settings, (name, output, stop) => Names.ApiKeyHashAsync(name, workspaceId, output, stop));
            if (!ShouldProcess(Describe(workspaceId), Messages.ActionCreate)) return;
            key = new NewByokKey(provider, settings.Key ?? Prompt(), workspaceId, settings with { Key = null });
        }
        catch (OpenRouterException failure) when (!ConcernsEveryInput(failure))
        {
            WriteError(ErrorTable.ToRecord(failure, Name ?? Provider));
            return;
        }

        lastOfProvider.TryGetValue(key.Provider, out var before);
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lastOfProvider[key.Provider] = done.Task;
        Run(Name ?? Provider, (output, cancellationToken) => CreateAsync(key, before, done, output, cancellationToken));
    }

    private async Task CreateAsync(
        NewByokKey key,
        Task? before,
        TaskCompletionSource<bool> done,
        Operation output,
        CancellationToken cancellationToken)
    {
        try
        {
            if (before is not null) await before.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var created = await Client.CreateByokKeyAsync(key, output, cancellationToken).ConfigureAwait(false);
            CurrentSession.KnownKeys.Remember(created);
            output.Write(created);
        }
        finally
        {
            done.SetResult(true);
        }
    }

    private string? FindWorkspace()
    {
        var hasId = IsGiven(nameof(WorkspaceId), WorkspaceId) && WorkspaceId is not null;
        var hasName = IsGiven(nameof(Workspace), Workspace) && Workspace is not null;
        if (hasId && hasName) throw Validate.TwoForms(nameof(Workspace), nameof(WorkspaceId));
        if (hasId) return Validate.NotBlank(nameof(WorkspaceId), WorkspaceId!);
        if (!hasName) return CurrentSession.WorkspaceId;
        var name = Validate.NotBlank(nameof(Workspace), Workspace!);
        Finding = nameof(Workspace);
        return NameResolver.IsWorkspaceId(name) ? name : RunNow(
            (output, cancellationToken) => Names.WorkspaceIdAsync(name, output, cancellationToken));
    }

    // A wrong name that was typed is wrong for all that the pipeline brings.
    private bool ConcernsEveryInput(OpenRouterException failure) => failure.Reason switch
    {
        ErrorReason.Unauthorized or ErrorReason.SessionClosed => true,
        ErrorReason.UnknownName or ErrorReason.AmbiguousName => IsTyped(Finding),
        _ => false,
    };

    private string Describe(string? workspaceId) => Text.Of(
        Messages.TargetNew,
        Provider,
        string.IsNullOrWhiteSpace(Name) ? Messages.Unnamed : $"'{Name}'",
        workspaceId is null
            ? Messages.WorkspaceDefault
            : Text.Of(Messages.WorkspaceNamed, CurrentSession.Seen.Describe(workspaceId)));

    private SecureString Prompt() =>
        Validate.Key(SecretPrompt.Read(Host, Text.Of(Messages.PromptProviderKey, $"{Provider} {Name}".Trim())));
}
