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

/// <summary>Sends one small request for each credential, and tells whether it was served on it.</summary>
/// <remarks>
/// <para>
/// The request asks a model of the credential's provider for one token. It comes with an API key for inference, since
/// no model can be asked with a management key. It costs a fraction of a cent, which the provider bills; -WhatIf tells
/// how much beforehand. It is sent once: after an answer that says nothing, or none, it is not repeated.
/// </para>
/// <para>
/// OpenRouter says that a request ran on a credential of the account, and never on which. So the result follows from
/// its routing rules. IsThisKey is Yes when by these rules the answer can be about this credential alone; it is No when
/// another one, or shared capacity, answered before this one was tried, and Unknown when it cannot be told. A
/// credential has passed only when the request was served and IsThisKey is Yes. It has failed when IsThisKey is Yes and
/// the provider answered 401 (revoked, expired or wrong), 402 (quota used up), 403 (permission missing) or 429 (rate
/// limit of its own). Trouble of the provider is no failure of the credential.
/// </para>
/// <para>
/// What stands behind others, and a fallback behind shared capacity, is not tried as long as those serve. To test it,
/// use an API key that only it is allowed for. Nothing is sent for a credential that is disabled, or that is not meant
/// for the API key, its workspace, its member or the model; the result says so.
/// </para>
/// </remarks>
/// <example>
/// <summary>Test the credentials of a provider</summary>
/// <code>
/// $apiKey = Read-Host -AsSecureString
/// Get-OpenRouterByokKey -Provider openai |
///     Test-OpenRouterByokKey -ApiKey $apiKey
/// </code>
/// <para>The table shows for each what the provider answered, and whether it was to this credential.</para>
/// </example>
/// <example>
/// <summary>See what a test would cost</summary>
/// <code>
/// Get-OpenRouterByokKey -State Enabled |
///     Test-OpenRouterByokKey -ApiKey $apiKey -WhatIf
/// </code>
/// <para>Models and prices are looked up; no model is asked. -Confirm asks before each request.</para>
/// </example>
/// <example>
/// <summary>Decide in a script</summary>
/// <code>
/// if (-not (Test-OpenRouterByokKey Main -ApiKey $apiKey -Quiet)) { exit 1 }
/// </code>
/// <para>-Quiet gives $true when the credential passed, and $false otherwise.</para>
/// </example>
/// <example>
/// <summary>Switch off what the provider rejects</summary>
/// <code>
/// Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $apiKey |
///     Where-Object Outcome -eq Failed | Where-Object UpstreamStatus -eq 401 |
///     Disable-OpenRouterByokKey
/// </code>
/// <para>Only what is certain is Failed. examples/disable-on-failure.ps1 does this for runbooks.</para>
/// </example>
/// <seealso cref="GetOpenRouterByokKeyCommand"/>
/// <seealso cref="DisableOpenRouterByokKeyCommand"/>
/// <seealso href="https://openrouter.ai/docs/guides/overview/auth/byok">How OpenRouter uses provider keys</seealso>
[Cmdlet(VerbsDiagnostic.Test, "OpenRouterByokKey", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(ByokKeyTestResult), typeof(bool))]
public sealed class TestOpenRouterByokKeyCommand : KeyTargetCommand
{
    // Read from the environment or from a prompt, so it is disposed of here.
    private SecureString? ownApiKey;
    private CredentialTestPlanner? planner;

    /// <summary>
    /// An API key for inference, as applications use it, as a SecureString. By default that of the environment variable
    /// OPENROUTER_API_KEY; where there is none, you are prompted. Credentials of other workspaces than the API key's
    /// are not tested.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [SecretArgument]
    public SecureString? ApiKey { get; set; }

    /// <summary>
    /// The model to ask, such as openai/gpt-4o-mini. By default the cheapest that the credential's allow list holds, or
    /// without such a list the cheapest of the provider.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ReferenceArgument(typeof(OpenRouterModel), nameof(OpenRouterModel.Id))]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>Outputs $true for a credential that passed and $false for any other, in place of the result.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        if (isDisposing) ownApiKey?.Dispose();
    }

    private protected override void Begin()
    {
        base.Begin();
        Validate.NullOrNotBlank(nameof(Model), Model);
        if (ApiKey is null)
        {
            ownApiKey = SessionEnvironment.ApiKey()?.Text ?? SecretPrompt.Read(Host, Messages.PromptApiKey);
        }

        Validate.ApiKey(ApiKeyInUse);
    }

    private protected override void ProcessIds(IReadOnlyList<string> ids)
    {
        planner ??= new CredentialTestPlanner(
            Client, CurrentSession.Account, CurrentSession.WorkspaceId, ApiKeyInUse, Model, Began);
        foreach (var id in ids) Test(id);
    }

    private void Test(string id)
    {
        CredentialTestPlan plan;
        try
        {
            var key = CurrentSession.Account.ByokKeys.Find(Validate.Id(id)) ?? Await(
                (output, cancellationToken) => Client.GetByokKeyAsync(id, output, cancellationToken));
            plan = Await((output, cancellationToken) => planner!.PlanAsync(key, output, cancellationToken));
        }
        catch (OpenRouterException failure) when (!failure.EndsCommand)
        {
            WriteError(ErrorRecordFactory.Create(failure, Uuid.Normalize(id)));
            return;
        }

        if (plan.Request is not { } request)
        {
            if (IsWhatIf)
            {
                // Nothing comes out, so that nothing downstream acts on it.
                ShouldProcess(
                    CurrentSession.Account.ByokKeys.Describe(id),
                    Messages.Format(Messages.ActionTestNothing, plan.Result!.Meaning));
                return;
            }

            Run(id, (output, _) =>
            {
                Write(plan.Result!, output);
                return Task.CompletedTask;
            });
        }
        else if (ShouldProcess(CurrentSession.Account.ByokKeys.Describe(id), ActionOf(request)))
        {
            Run(id, (output, cancellationToken) => SendAsync(request, plan.Route!, output, cancellationToken));
        }
    }

    private SecureString ApiKeyInUse =>
        ApiKey ?? ownApiKey ?? throw new InvalidOperationException("No API key was read.");

    private bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    private async Task SendAsync(
        CredentialTestRequest request,
        CredentialTestRoute route,
        PipelineOperation output,
        CancellationToken cancellationToken)
    {
        var response = await Client.Tests
            .SendAsync(request, ApiKeyInUse, output, cancellationToken).ConfigureAwait(false);
        Write(CredentialTestEvaluator.Evaluate(request, route, response), output);
    }

    private void Write(ByokKeyTestResult result, PipelineOperation output) =>
        output.Write(Quiet ? result.Passed : result);

    private static string ActionOf(CredentialTestRequest request) => request.Cost is { } cost
        ? Messages.Format(Messages.ActionTest, request.Model, CredentialTestRequest.Amount(cost))
        : Messages.Format(Messages.ActionTestUnpriced, request.Model);
}
