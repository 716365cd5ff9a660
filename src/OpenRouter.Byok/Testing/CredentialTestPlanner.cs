using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Paging;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>
/// Plans the test requests of one command: looks up whose key it is, and once for each provider the models and the
/// credentials. For one caller at a time.
/// </summary>
internal sealed class CredentialTestPlanner(OpenRouterSession session, SecureString apiKey, string? model, DateTimeOffset began)
{
    private readonly Dictionary<string, TestModels> models = new(EligibilityRules.Providers);
    private readonly Dictionary<(string Provider, string? WorkspaceId), IReadOnlyList<ByokKey>> listed = [];
    private TestCaller? caller;

    public async Task<CredentialTestPlan> PlanAsync(ByokKey key, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (key.Disabled) return Out(key, model, TestText.Disabled);

        caller ??= await session.Client.Tests.GetCallerAsync(apiKey, observer, cancellationToken)
            .ConfigureAwait(false);
        var offers = await ModelsAsync(key.Provider, observer, cancellationToken).ConfigureAwait(false);
        var keys = await KeysAsync(key, observer, cancellationToken).ConfigureAwait(false);
        // What was piped in may be older than what the request will meet.
        if (keys.FirstOrDefault(one => one == key) is not { } now) return Out(key, model, WhyNotListed(key));
        if ((model ?? offers.Cheapest(now.AllowedModels)) is not { } asked)
        {
            return Out(now, null, TestText.NoModel(key.Provider));
        }

        var route = new CredentialTestRoute(now, keys, asked, caller);
        return TestText.Out(now, route.Eligibility, asked) is { } why
            ? Out(now, asked, why)
            : new CredentialTestPlan(new CredentialTestRequest(now, asked, offers.CostOf(asked)), route, null);
    }

    private static CredentialTestPlan Out(ByokKey key, string? model, NotTestedReason why) =>
        new(null, null, CredentialTestVerdict.NotTested(key, model, why));

    private NotTestedReason WhyNotListed(ByokKey key) =>
        caller!.IsKnown && !EligibilityRules.ServesWorkspace(key, caller.WorkspaceId)
            ? TestText.OtherWorkspace(key)
            : TestText.Gone;

    private async Task<TestModels> ModelsAsync(
        string provider, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (models.TryGetValue(provider, out var known)) return known;
        var providers = await session.Directory
            .ProvidersAsync(began, observer, cancellationToken).ConfigureAwait(false);
        // The list of models goes by the names of providers.
        var names = providers
            .Where(one => EligibilityRules.Providers.Equals(one.Slug, provider)).Select(one => one.Name).ToList();
        var list = names.Count == 0
            ? []
            : await session.Client.Lookups.ListModelsAsync(names, observer, cancellationToken).ConfigureAwait(false);
        return models[provider] = new TestModels(list);
    }

    private async Task<IReadOnlyList<ByokKey>> KeysAsync(
        ByokKey key, IClientObserver observer, CancellationToken cancellationToken)
    {
        var workspace = caller!.IsKnown ? caller.WorkspaceId : key.WorkspaceId ?? session.WorkspaceId;
        if (listed.TryGetValue((key.Provider, workspace), out var known)) return known;
        var keys = new List<ByokKey>();
        var list = new ByokKeyList(session.Client, new ByokKeyQuery(workspace, key.Provider), observer);
        await foreach (var page in list.ReadAsync(cancellationToken).ConfigureAwait(false)) keys.AddRange(page);
        session.ByokKeyCache.Remember(keys);
        return listed[(key.Provider, workspace)] = keys;
    }
}

/// <summary>A request and the place of its credential in the route, or the result when none is to be sent.</summary>
internal sealed record CredentialTestPlan(CredentialTestRequest? Request, CredentialTestRoute? Route, ByokKeyTestResult? Result);
