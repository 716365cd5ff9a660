using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Session;
using OpenRouter.Byok.Testing;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Tests provider credentials, or keys that are not stored yet, with one small request each.</summary>
/// <remarks>
/// <para>
/// The request asks a model of the credential's provider for one token. It uses an API key for inference, because a
/// management key cannot send requests to models. The request costs a fraction of a cent, which the provider bills;
/// -WhatIf shows the cost in advance. It is sent only once: it is not repeated if the response is inconclusive or
/// missing.
/// </para>
/// <para>
/// OpenRouter reports that a request ran on a credential of the account, but never on which one. The cmdlet therefore
/// derives the result from the routing rules. IsThisKey is Yes if, by these rules, the response can only be about this
/// credential. It is No if another credential or shared capacity responded before this credential was tried, and
/// Unknown if this cannot be determined. A credential passes only if the request was served and IsThisKey is Yes. It
/// fails if IsThisKey is Yes and the provider returned 401 (revoked, expired, or invalid), 402 (quota used up), 403
/// (permission missing), or 429 (your own rate limit reached). A failure of the provider is not a failure of the
/// credential.
/// </para>
/// <para>
/// A credential that comes after other credentials, or a fallback credential after shared capacity, is not tried as
/// long as those serve the request. To test it, use an API key that can use only this credential. Nothing is sent for a
/// credential that is disabled, or that cannot be used for the API key, its workspace, its member, or the model; the
/// result says so.
/// </para>
/// <para>
/// To test a key that is not stored yet, specify -Provider, -Key, and -ProvingWorkspace, a workspace that is kept for
/// tests. In it, the cmdlet creates a temporary credential that only the specified API key can use, sends the request,
/// and removes the credential: also if the test fails or is stopped, or the window is closed. If the process is killed,
/// the credential remains; the next test of that provider in the workspace removes it once it is 15 minutes old.
/// Nothing is created if the workspace has an enabled credential of the provider, or if a global credential would come
/// first.
/// </para>
/// </remarks>
/// <example>
/// <summary>Test the credentials of a provider</summary>
/// <code>
/// $apiKey = Read-Host -AsSecureString
/// Get-OpenRouterByokKey -Provider openai |
///     Test-OpenRouterByokKey -ApiKey $apiKey
/// </code>
/// <para>
/// For each credential, the table shows the response of the provider and whether it was a response to this credential.
/// </para>
/// </example>
/// <example>
/// <summary>See what a test would cost</summary>
/// <code>
/// Get-OpenRouterByokKey -State Enabled |
///     Test-OpenRouterByokKey -ApiKey $apiKey -WhatIf
/// </code>
/// <para>
/// The cmdlet looks up models and prices, but sends no request to a model. -Confirm prompts before each request.
/// </para>
/// </example>
/// <example>
/// <summary>Use the result in a script</summary>
/// <code>
/// if (-not (Test-OpenRouterByokKey Main -ApiKey $apiKey -Quiet)) { exit 1 }
/// </code>
/// <para>With -Quiet, the output is $true if the credential passed, and $false otherwise.</para>
/// </example>
/// <example>
/// <summary>Disable credentials that the provider rejects</summary>
/// <code>
/// Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey |
///     Where-Object Outcome -eq Failed | Where-Object UpstreamStatus -eq 401 |
///     Disable-OpenRouterByokKey
/// </code>
/// <para>
/// The outcome is Failed only if the failure is certain. For runbooks, see examples/disable-on-failure.ps1.
/// </para>
/// </example>
/// <example>
/// <summary>Test a new key before it is stored</summary>
/// <code>
/// $scratch = ConvertTo-SecureString $env:SCRATCH_API_KEY -AsPlainText -Force
/// Test-OpenRouterByokKey -Provider openai -Key (Get-Secret OpenAIKey) `
///     -ProvingWorkspace Scratch -ApiKey $scratch
/// </code>
/// <para>
/// Scratch is a workspace without credentials, and the API key belongs to it. Afterwards, the workspace is as it was.
/// </para>
/// </example>
/// <seealso cref="GetOpenRouterByokKeyCommand"/>
/// <seealso cref="SetOpenRouterByokKeyCommand"/>
/// <seealso cref="DisableOpenRouterByokKeyCommand"/>
/// <seealso href="https://openrouter.ai/docs/guides/overview/auth/byok">How OpenRouter uses provider keys</seealso>
[Cmdlet(
    VerbsDiagnostic.Test, "OpenRouterByokKey", SupportsShouldProcess = true, DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Test-OpenRouterByokKey.md")]
[OutputType(typeof(ByokKeyTestResult), typeof(bool))]
public sealed class TestOpenRouterByokKeyCommand : KeyTargetCommand
{
    private const string NewKeySet = "Key";

    // Read from the environment or from a prompt, so it is disposed of here.
    private SecureString? ownApiKey;
    private CredentialTestPlanner? planner;
    private NewKeyTestPlanner? newKeyPlanner;

    /// <summary>
    /// The slugs of the providers whose credentials are searched for -Name; wildcards are permitted. With -Key, the
    /// provider that issued the key.
    /// </summary>
    [Parameter(ParameterSetName = NameSet)]
    [Parameter(Mandatory = true, ParameterSetName = NewKeySet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ReferenceArgument(typeof(OpenRouterProvider), nameof(OpenRouterProvider.Slug), IsSlug = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public override string[]? Provider { get; set; }

    /// <summary>The key to test, as a SecureString; see New-OpenRouterByokKey for what it contains.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NewKeySet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [SecretArgument]
    public SecureString? Key { get; set; }

    /// <summary>
    /// The name or slug of a workspace that is kept for tests. It has no enabled credential of the provider, and no
    /// application sends requests to it. -ApiKey must be an API key of this workspace.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = NewKeySet)]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterWorkspace), nameof(OpenRouterWorkspace.Id))]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string? ProvingWorkspace { get; set; }

    /// <summary>
    /// An API key for inference, as applications use it, as a SecureString. The default is the value of the environment
    /// variable OPENROUTER_API_KEY; if it is not set, you are prompted. Credentials that do not serve the workspace of
    /// the API key are not tested.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [SecretArgument]
    public SecureString? ApiKey { get; set; }

    /// <summary>
    /// The model that receives the request, such as openai/gpt-4o-mini. The default is the cheapest model in the
    /// credential's allow list or, if there is no list, the cheapest model of the provider.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterModel), nameof(OpenRouterModel.Id))]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>
    /// Outputs $true for a credential that passed and $false for any other credential, instead of the result.
    /// </summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        if (isDisposing)
        {
            ownApiKey?.Dispose();
        }
    }

    private protected override void Begin()
    {
        Validate.NullOrNotBlank(nameof(Model), Model);
        if (IsNewKey)
        {
            Validate.NullOrNotBlank(nameof(ProvingWorkspace), ProvingWorkspace);
        }
        else
        {
            base.Begin();
        }

        if (ApiKey is null)
        {
            ownApiKey = SessionEnvironment.ApiKey()?.Text ?? SecretPrompt.Read(Host, Messages.PromptApiKey);
        }

        Validate.ApiKey(ApiKeyInUse);
    }

    private protected override void ProcessInput()
    {
        if (!IsNewKey)
        {
            base.ProcessInput();
            return;
        }

        string? target = null;
        try
        {
            var provider = Validate.OneProvider(Provider!);
            target = provider;
            var key = Validate.ProviderKey(Key!);
            WarnOfUnknownProviders([provider]);
            WarnOfKeyFormat(provider, key);
            newKeyPlanner ??= new NewKeyTestPlanner(
                Client,
                CurrentSession.Account,
                Names,
                ProvingWorkspace!,
                new TestApiKeys(Client.Tests, CurrentSession.Account, [ApiKeyInUse]),
                Model,
                Began);
            var test = Await((output, cancellationToken) =>
                newKeyPlanner.PlanAsync(provider, output, cancellationToken));
            var action = NewKeyTestText.ActionOf(test, CurrentSession.Account);
            if (ShouldProcess(Messages.Format(Messages.TargetNewKey, provider), action))
            {
                Run(target, (output, cancellationToken) => TestAsync(test, key, output, cancellationToken));
            }
        }
        catch (OpenRouterException failure) when (!failure.EndsCommand)
        {
            WriteError(ErrorRecordFactory.Create(failure, target));
        }
    }

    private protected override void ProcessIds(IReadOnlyList<string> ids)
    {
        planner ??= new CredentialTestPlanner(
            Client, CurrentSession.Account, CurrentSession.WorkspaceId, ApiKeyInUse, Model, Began);
        foreach (var id in ids)
        {
            if (Plan(id, planner) is { } plan)
            {
                Execute(id, plan);
            }
        }
    }

    private async Task TestAsync(
        NewKeyTest test, SecureString key, PipelineOperation output, CancellationToken cancellationToken)
    {
        var outcome = await new NewKeyTester(Client, CurrentSession.Account)
            .RunAsync(test, key, output, cancellationToken).ConfigureAwait(false);
        if (outcome.Result is not null)
        {
            Write(outcome.Result, output);
        }

        if (outcome.RemovalFailure is not null)
        {
            output.Error(outcome.RemovalFailure);
        }

        if (outcome.Failure is not null)
        {
            throw outcome.Failure;
        }
    }

    // Null when it cannot be planned, which is an error of this credential alone.
    private CredentialTestPlan? Plan(string id, CredentialTestPlanner planner)
    {
        try
        {
            var key = CurrentSession.Account.ByokKeys.Find(Validate.Id(id)) ?? Await(
                (output, cancellationToken) => Client.GetByokKeyAsync(id, output, cancellationToken));
            return Await((output, cancellationToken) => planner.PlanAsync(key, output, cancellationToken));
        }
        catch (OpenRouterException failure) when (!failure.EndsCommand)
        {
            WriteError(ErrorRecordFactory.Create(failure, Uuid.Normalize(id)));
            return null;
        }
    }

    private void Execute(string id, CredentialTestPlan plan)
    {
        var target = CurrentSession.Account.ByokKeys.Describe(id);
        switch (plan)
        {
            // Nothing is output under -WhatIf, so that nothing downstream acts on it.
            case SkippedTest skipped when IsWhatIf:
                ShouldProcess(target, Messages.Format(Messages.ActionTestNothing, skipped.Result.Meaning));
                break;
            case SkippedTest skipped:
                Run(id, (output, _) =>
                {
                    Write(skipped.Result, output);
                    return Task.CompletedTask;
                });
                break;
            case PlannedTest test when ShouldProcess(target, ActionOf(test.Request)):
                Run(id, (output, cancellationToken) => SendAsync(test, output, cancellationToken));
                break;
        }
    }

    private bool IsNewKey => ParameterSetName == NewKeySet;

    private SecureString ApiKeyInUse =>
        ApiKey ?? ownApiKey ?? throw new InvalidOperationException("No API key was read.");

    private async Task SendAsync(PlannedTest test, PipelineOperation output, CancellationToken cancellationToken)
    {
        var response = await Client.Tests
            .SendAsync(test.Request, ApiKeyInUse, output, cancellationToken).ConfigureAwait(false);
        Write(CredentialTestEvaluator.Evaluate(test.Request, test.Route, response), output);
    }

    private void Write(ByokKeyTestResult result, PipelineOperation output) =>
        output.Write(Quiet ? result.Passed : result);

    private static string ActionOf(CredentialTestRequest request) => request.Cost is { } cost
        ? Messages.Format(Messages.ActionTest, request.Model, CredentialTestRequest.Amount(cost))
        : Messages.Format(Messages.ActionTestUnpriced, request.Model);
}
