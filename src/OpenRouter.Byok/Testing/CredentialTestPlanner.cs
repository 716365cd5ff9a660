using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>
/// Plans the test requests of one command: looks up whose key it is, and once for each provider the models and the
/// credentials. For one caller at a time.
/// </summary>
/// <param name="client">Sends the requests.</param>
/// <param name="account">The account to look up in.</param>
/// <param name="workspaceId">The workspace of the session; null means the default workspace of the account.</param>
/// <param name="apiKey">The API key that the test requests are sent with.</param>
/// <param name="model">The model to ask; null means the cheapest that is allowed.</param>
/// <param name="began">A list that was read at this time or later is not read again.</param>
/// <param name="caller">Whose key it is, when that is known already.</param>
internal sealed class CredentialTestPlanner(
    OpenRouterClient client,
    AccountCache account,
    string? workspaceId,
    SecureString apiKey,
    string? model,
    DateTimeOffset began,
    TestCaller? caller = null)
{
    private readonly Dictionary<string, TestModels> models = new(EligibilityRules.Providers);
    private readonly Dictionary<(string Provider, string? WorkspaceId), IReadOnlyList<ByokKey>> listed = [];
    private TestCaller? caller = caller;

    public async Task<CredentialTestPlan> PlanAsync(
        ByokKey key, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (key.Disabled)
        {
            return NotTested(key, model, CredentialTestText.Disabled);
        }

        caller ??= await client.Tests.GetCallerAsync(apiKey, observer, cancellationToken)
            .ConfigureAwait(false);
        var offers = await ModelsAsync(key.Provider, observer, cancellationToken).ConfigureAwait(false);
        var keys = await KeysAsync(key, caller, observer, cancellationToken).ConfigureAwait(false);
        // What was piped in may be older than what the request will meet.
        if (keys.FirstOrDefault(one => one == key) is not { } now)
        {
            return NotTested(key, model, WhyNotListed(key, caller));
        }

        if ((model ?? offers.Cheapest(now.AllowedModels)) is not { } asked)
        {
            return NotTested(now, null, CredentialTestText.NoModelKnown(key.Provider));
        }

        var route = new CredentialTestRoute(now, keys, asked, caller);
        return CredentialTestText.ReasonFor(now, route.Eligibility, asked) is { } why
            ? NotTested(now, asked, why)
            : new PlannedTest(new CredentialTestRequest(now, asked, offers.CostOf(asked)), route);
    }

    private static SkippedTest NotTested(ByokKey key, string? model, NotTestedReason why) =>
        new(CredentialTestEvaluator.NotTested(key, model, why));

    private static NotTestedReason WhyNotListed(ByokKey key, TestCaller caller) =>
        caller.IsKnown && !EligibilityRules.ServesWorkspace(key, caller.WorkspaceId)
            ? CredentialTestText.OtherWorkspace(key)
            : CredentialTestText.NotFound;

    private async Task<TestModels> ModelsAsync(
        string provider, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (models.TryGetValue(provider, out var known))
        {
            return known;
        }

        var list = await account.GetModelsAsync(provider, began, observer, cancellationToken).ConfigureAwait(false);
        return models[provider] = new TestModels(list);
    }

    private async Task<IReadOnlyList<ByokKey>> KeysAsync(
        ByokKey key, TestCaller caller, IClientObserver observer, CancellationToken cancellationToken)
    {
        var workspace = caller.IsKnown ? caller.WorkspaceId : key.WorkspaceId ?? workspaceId;
        if (listed.TryGetValue((key.Provider, workspace), out var known))
        {
            return known;
        }

        var query = new ByokKeyQuery(workspace, key.Provider);
        var (keys, _) = await client.ListByokKeysAsync(query, observer, cancellationToken).ConfigureAwait(false);
        account.ByokKeys.Add(keys);
        return listed[(key.Provider, workspace)] = keys;
    }
}

/// <summary>What is to be done to test a credential.</summary>
internal abstract record CredentialTestPlan;

/// <summary>A request is to be sent.</summary>
/// <param name="Request">The request.</param>
/// <param name="Route">The position of the credential in the route of the request.</param>
internal sealed record PlannedTest(CredentialTestRequest Request, CredentialTestRoute Route) : CredentialTestPlan;

/// <summary>No request is to be sent.</summary>
/// <param name="Result">The result, which says why.</param>
internal sealed record SkippedTest(ByokKeyTestResult Result) : CredentialTestPlan;
