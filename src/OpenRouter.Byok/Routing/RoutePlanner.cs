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
        var judged = keys
            .OrderBy(key => key)
            .Select(key => new ExcludedKey(key, EligibilityRules.EligibilityOf(key, request)))
            .ToList();
        var providers = ProvidersOf(judged, request)
            .Select(provider => new ProviderRoute(provider, judged, request))
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
                   let culprit = provider.RemovedBy
                   where culprit is not null
                   select new RemovedShared(provider.Name, culprit),
            ],
            [
                .. judged.Where(one => one.Eligibility != Eligibility.Eligible),
            ]);
    }

    private static IEnumerable<string> ProvidersOf(List<ExcludedKey> judged, RouteRequest request)
    {
        var asked = request.Providers ?? [.. judged
            .Where(one => one.Eligibility != Eligibility.OtherWorkspace)
            .Select(one => one.Key.Provider)];
        return asked.Distinct(EligibilityRules.Providers)
            .Where(provider => !request.Serves.TryGetValue(provider, out var isServing) || isServing);
    }

    private sealed class ProviderRoute
    {
        private readonly List<ByokKey> eligible;
        private readonly bool isServingUnknown;
        private readonly ByokKey? perhapsRemovedBy;

        public ProviderRoute(string name, List<ExcludedKey> judged, RouteRequest request)
        {
            Name = name;
            var own = judged
                .Where(one => EligibilityRules.IsOf(one.Key, name) && one.Eligibility != Eligibility.OtherWorkspace)
                .ToList();
            eligible = [.. from one in own where one.Eligibility == Eligibility.Eligible select one.Key];
            // Who asked for the provider says by this that it serves the model.
            isServingUnknown = request.Providers is null && !request.Serves.ContainsKey(name);
            RemovedBy = eligible.Find(key => key.IsRequired)
                ?? own.Select(one => one.Key).FirstOrDefault(key => key.IsByokOnly && !key.Disabled);
            perhapsRemovedBy = own
                .Where(one => one.Eligibility is Eligibility.ApiKeyNotTold or Eligibility.UserNotTold)
                .Select(one => one.Key)
                .FirstOrDefault(key => key.IsRequired);
        }

        public string Name { get; }

        /// <summary>The credential because of which shared capacity is not tried, if one is.</summary>
        public ByokKey? RemovedBy { get; }

        public RouteStep SharedStep() => new(Name, null)
        {
            IsServingUnknown = isServingUnknown,
            PerhapsRemovedBy = perhapsRemovedBy,
        };

        public IEnumerable<RouteStep> Steps(bool isFallback)
        {
            var section = eligible.Where(key => key.IsFallback == isFallback).ToList();
            return section.Select(key => new RouteStep(Name, key)
            {
                IsServingUnknown = isServingUnknown,
                IsTied = section.Exists(other => other != key && other.SortOrder == key.SortOrder),
            });
        }
    }
}
