using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Probing;

/// <summary>
/// Plans the probes of one command: looks up whose key it is, and once for each provider the models and the
/// credentials. For one caller at a time.
/// </summary>
internal sealed class ProbePlanner(OpenRouterSession session, SecureString apiKey, string? model, DateTimeOffset began)
{
    private readonly Dictionary<string, ProbeModels> models = new(Eligibility.Providers);
    private readonly Dictionary<(string Provider, string? WorkspaceId), IReadOnlyList<ByokKey>> listed = [];
    private ProbeCaller? caller;

    public async Task<ProbePlan> PlanAsync(ByokKey key, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (key.Disabled) return Out(key, model, ProbeWords.Disabled);

        caller ??= await session.Client.Probes.GetCallerAsync(apiKey, observer, cancellationToken)
            .ConfigureAwait(false);
        var offers = await ModelsAsync(key.Provider, observer, cancellationToken).ConfigureAwait(false);
        var keys = await KeysAsync(key, observer, cancellationToken).ConfigureAwait(false);
        // What was piped in may be older than what the request will meet.
        if (keys.FirstOrDefault(one => one == key) is not { } now) return Out(key, model, WhyNotListed(key));
        if ((model ?? offers.Cheapest(now.AllowedModels)) is not { } asked)
        {
            return Out(now, null, ProbeWords.NoModel(key.Provider));
        }

        var route = new ProbeRoute(now, keys, asked, caller);
        return ProbeWords.Out(now, route.Standing, asked) is { } why
            ? Out(now, asked, why)
            : new ProbePlan(new Probe(now, asked, offers.CostOf(asked)), route, null);
    }

    private static ProbePlan Out(ByokKey key, string? model, WhyOut why) =>
        new(null, null, ProbeVerdict.NotTested(key, model, why));

    private WhyOut WhyNotListed(ByokKey key) =>
        caller!.IsKnown && !Eligibility.ServesWorkspace(key, caller.WorkspaceId)
            ? ProbeWords.OtherWorkspace(key)
            : ProbeWords.Gone;

    private async Task<ProbeModels> ModelsAsync(
        string provider, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (models.TryGetValue(provider, out var known)) return known;
        var providers = await session.Directory
            .ProvidersAsync(began, observer, cancellationToken).ConfigureAwait(false);
        // The list of models goes by the names of providers.
        var names = providers
            .Where(one => Eligibility.Providers.Equals(one.Slug, provider)).Select(one => one.Name).ToList();
        var list = names.Count == 0
            ? []
            : await session.Client.Lookups.ListModelsAsync(names, observer, cancellationToken).ConfigureAwait(false);
        return models[provider] = new ProbeModels(list);
    }

    private async Task<IReadOnlyList<ByokKey>> KeysAsync(
        ByokKey key, IClientObserver observer, CancellationToken cancellationToken)
    {
        var workspace = caller!.IsKnown ? caller.WorkspaceId : key.WorkspaceId ?? session.WorkspaceId;
        if (listed.TryGetValue((key.Provider, workspace), out var known)) return known;
        var keys = new List<ByokKey>();
        var list = new ByokKeyList(session.Client, new ByokKeyQuery(workspace, key.Provider), observer);
        await foreach (var page in list.ReadAsync(cancellationToken).ConfigureAwait(false)) keys.AddRange(page);
        session.KnownKeys.Remember(keys);
        return listed[(key.Provider, workspace)] = keys;
    }
}

/// <summary>A probe and the place of its credential in the route, or the result when none is to be sent.</summary>
internal sealed record ProbePlan(Probe? Probe, ProbeRoute? Route, ByokKeyTestResult? Result);
