using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Routing;

/// <summary>OpenRouter's routing rules: which credentials a request tries, and in which order.</summary>
/// <remarks>
/// <para>https://openrouter.ai/docs/guides/overview/auth/byok</para>
/// <para>
/// For one provider: eligible prioritized credentials in ascending sort order; its shared capacity, unless an eligible
/// credential is required or any enabled one is BYOK-only; eligible fallback credentials in ascending sort order. Over
/// several: own credentials come before the shared capacity of any provider, and fallbacks after it. Which provider is
/// first among them depends on price and load, so here it is the request's order, or else the alphabet's.
/// </para>
/// </remarks>
internal static class RoutePlanner
{
    public static Route Plan(IEnumerable<ByokKey> keys, RouteRequest request)
    {
        var candidates = keys
            .OrderBy(key => key)
            .Select(key => new KeyEligibility(key, EligibilityRules.EligibilityOf(key, request)))
            .ToList();
        var providers = ProvidersOf(candidates, request)
            .Select(provider => new ProviderRoute(provider, candidates, request))
            .ToList();
        var shared = providers.Where(provider => provider.RemovedBy is null).Select(provider => provider.SharedStep());
        var others = request.Providers is null ? new[] { new RouteStep(null, null) } : [];
        return new Route(
            [
                .. providers.SelectMany(provider => provider.Steps(isFallback: false)),
                .. shared,
                .. others,
                .. providers.SelectMany(provider => provider.Steps(isFallback: true)),
            ],
            [
                .. from provider in providers
                   let removedBy = provider.RemovedBy
                   where removedBy is not null
                   select new RemovedSharedCapacity(provider.Name, removedBy),
            ],
            [
                .. candidates.Where(candidate => candidate.Eligibility != Eligibility.Eligible),
            ]);
    }

    private static IEnumerable<string> ProvidersOf(List<KeyEligibility> candidates, RouteRequest request)
    {
        var providers = request.Providers ?? [.. candidates
            .Where(candidate => candidate.Eligibility != Eligibility.OtherWorkspace)
            .Select(candidate => candidate.Key.Provider)];
        return providers.Distinct(EligibilityRules.Providers)
            .Where(provider => !request.Serves.TryGetValue(provider, out var isServing) || isServing);
    }

    private sealed class ProviderRoute
    {
        private readonly List<ByokKey> eligible;
        private readonly bool isModelSupportUnknown;
        private readonly ByokKey? mayBeRemovedBy;

        public ProviderRoute(string name, List<KeyEligibility> candidates, RouteRequest request)
        {
            Name = name;
            var own = candidates
                .Where(candidate => EligibilityRules.IsOf(candidate.Key, name)
                    && candidate.Eligibility != Eligibility.OtherWorkspace)
                .ToList();
            eligible =
            [
                .. from candidate in own where candidate.Eligibility == Eligibility.Eligible select candidate.Key,
            ];
            // Who asked for the provider says by this that it serves the model.
            isModelSupportUnknown = request.Providers is null && !request.Serves.ContainsKey(name);
            var requests = RequestScope.Only(request);
            // A required credential that the request can use explains more than one that is BYOK-only for all.
            RemovedBy = eligible.Where(key => key.IsRequired)
                .Concat(own.Select(candidate => candidate.Key))
                .FirstOrDefault(key => SharedCapacity.IsRemovedBy(key, requests));
            mayBeRemovedBy = own
                .Where(candidate => SharedCapacity.MayBeRemovedBy(candidate.Key, candidate.Eligibility))
                .Select(candidate => candidate.Key)
                .FirstOrDefault();
        }

        public string Name { get; }

        /// <summary>The credential because of which shared capacity is not tried, if there is one.</summary>
        public ByokKey? RemovedBy { get; }

        public RouteStep SharedStep() => new(Name, null)
        {
            IsModelSupportUnknown = isModelSupportUnknown,
            MayBeRemovedBy = mayBeRemovedBy,
        };

        public IEnumerable<RouteStep> Steps(bool isFallback)
        {
            var section = eligible.Where(key => key.IsFallback == isFallback).ToList();
            return section.Select(key => new RouteStep(Name, key)
            {
                IsModelSupportUnknown = isModelSupportUnknown,
                IsTied = section.Exists(other => other != key && other.SortOrder == key.SortOrder),
            });
        }
    }
}
