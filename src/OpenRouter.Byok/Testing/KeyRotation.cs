using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>
/// Tests a new key before credentials get it, once for each provider, and the credentials afterwards.
/// </summary>
/// <param name="client">Sends the requests.</param>
/// <param name="account">The account to look up in.</param>
/// <param name="names">Finds the workspace.</param>
/// <param name="workspace">The name, slug or id of the workspace that is kept for tests.</param>
/// <param name="apiKeys">API keys for inference.</param>
/// <param name="model">The model to ask; null means the cheapest that is allowed.</param>
/// <param name="key">The new key.</param>
/// <param name="began">A list that was read at this time or later is not read again.</param>
internal sealed class KeyRotation(
    OpenRouterClient client,
    AccountCache account,
    NameResolver names,
    string workspace,
    IReadOnlyList<SecureString> apiKeys,
    string? model,
    SecureString key,
    DateTimeOffset began)
{
    private readonly ConcurrentDictionary<string, NewKeyTest> plans = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Lazy<Task<NewKeyTestOutcome>>> tests =
        new(EligibilityRules.Providers);

    private readonly TestApiKeys callers = new(client.Tests, account, apiKeys);
    private NewKeyTestPlanner? planner;

    /// <summary>
    /// Plans the test of the new key for a credential, and says what it will do. For one caller at a time.
    /// </summary>
    /// <exception cref="OpenRouterException">The workspace or the API key is not fit for the test.</exception>
    public async Task<string> PlanAsync(ByokKey target, IClientObserver observer, CancellationToken cancellationToken)
    {
        planner ??= new NewKeyTestPlanner(client, account, names, workspace, callers, model, began);
        var plan = await planner.PlanAsync(target.Provider, observer, cancellationToken).ConfigureAwait(false);
        plans[target.Id] = plan;
        return NewKeyTestText.ActionOf(plan, account);
    }

    /// <summary>Tests the new key, unless this was done for another credential of the provider.</summary>
    /// <returns>Why the temporary credential may still exist; null if it does not, or if it was told before.</returns>
    /// <exception cref="OpenRouterException">
    /// The provider did not accept the key, or it could not be tested.
    /// </exception>
    public async Task<OpenRouterException?> TestNewKeyAsync(
        string id, IClientObserver observer, CancellationToken cancellationToken)
    {
        var plan = plans[id];
        var own = new Lazy<Task<NewKeyTestOutcome>>(() =>
            new NewKeyTester(client, account).RunAsync(plan, key, observer, cancellationToken));
        var test = tests.GetOrAdd(plan.Provider, own);
        NewKeyTestOutcome outcome;
        try
        {
            outcome = await test.Value.ConfigureAwait(false);
            if (outcome.Failure is not null)
            {
                throw outcome.Failure;
            }
        }
        catch (OpenRouterException failure)
        {
            throw failure.WithSentence(Messages.Format(Messages.NotChangedAfterFailure, id));
        }

        var removalFailure = test == own ? outcome.RemovalFailure : null;
        if (outcome.Result!.Passed)
        {
            return removalFailure;
        }

        var refusal = NewKeyTestText.NotAccepted(id, outcome.Result);
        throw removalFailure is null
            ? refusal
            : refusal.WithSentence(removalFailure.Message).WithAdvice(removalFailure.RecommendedAction);
    }

    /// <summary>
    /// Sends a test request on a credential that has the new key, if it is certain that the request would use it.
    /// </summary>
    /// <exception cref="OpenRouterException">The request failed, although the new key had been accepted.</exception>
    public async Task TestRotatedAsync(ByokKey rotated, IClientObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            if (await FindTestAsync(rotated, observer, cancellationToken).ConfigureAwait(false) is not { } found)
            {
                observer.Verbose(Messages.Format(Messages.RotationNotTested, rotated.Id));
                return;
            }

            var response = await client.Tests
                .SendAsync(found.Test.Request, found.ApiKey.Key, observer, cancellationToken).ConfigureAwait(false);
            Report(rotated, CredentialTestEvaluator.Evaluate(found.Test.Request, found.Test.Route, response), observer);
        }
        catch (OpenRouterException failure) when (failure.Reason != ErrorReason.RotatedKeyFailed)
        {
            throw Failed(rotated, failure.Message.TrimEnd('.'));
        }
    }

    private static void Report(ByokKey rotated, ByokKeyTestResult result, IClientObserver observer)
    {
        switch (result.Outcome)
        {
            case ByokKeyTestOutcome.Passed:
                observer.Verbose(Messages.Format(Messages.RotationTested, rotated.Id));
                break;
            case ByokKeyTestOutcome.Failed:
                throw Failed(rotated, NewKeyTestText.MeaningOf(result));
            default:
                observer.Warning(Messages.Format(
                    Messages.RotationInconclusive, rotated.Id, NewKeyTestText.MeaningOf(result), result.Explanation));
                break;
        }
    }

    private static OpenRouterException Failed(ByokKey rotated, string why) =>
        new(ErrorReason.RotatedKeyFailed, Messages.RotatedKeyFailed, rotated.Id, why);

    private async Task<(PlannedTest Test, TestApiKey ApiKey)?> FindTestAsync(
        ByokKey rotated, IClientObserver observer, CancellationToken cancellationToken)
    {
        var known = await callers.GetAsync(observer, cancellationToken).ConfigureAwait(false);
        foreach (var apiKey in known.Where(one => EligibilityRules.ServesWorkspace(rotated, one.Caller.WorkspaceId)))
        {
            var planner = new CredentialTestPlanner(
                client, account, rotated.WorkspaceId, apiKey.Key, model, began, apiKey.Caller);
            var plan = await planner.PlanAsync(rotated, observer, cancellationToken).ConfigureAwait(false);
            if (plan is PlannedTest { Route.IsCertainlyFirst: true } test)
            {
                return (test, apiKey);
            }
        }

        return null;
    }
}
