using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Routing;

/// <summary>
/// What requests of a workspace to a provider try, one after the other, whatever the model and whoever sends them. A
/// request skips the credentials whose allow lists exclude it, as <see cref="RoutePlanner"/> does.
/// </summary>
/// <param name="Provider">The slug of the provider.</param>
/// <param name="WorkspaceId">The workspace; null stands for all that have no credentials of the provider.</param>
/// <param name="Keys">The credentials for these requests, disabled ones included, in their order.</param>
internal sealed record ProviderRoute(string Provider, string? WorkspaceId, IReadOnlyList<ByokKey> Keys)
{
    /// <summary>The enabled credentials that are tried before shared capacity.</summary>
    public IReadOnlyList<ByokKey> Prioritized { get; } = [.. Keys.Where(key => !key.Disabled && !key.IsFallback)];

    /// <summary>The enabled credentials that are tried after shared capacity.</summary>
    public IReadOnlyList<ByokKey> Fallbacks { get; } = [.. Keys.Where(key => !key.Disabled && key.IsFallback)];

    /// <summary>The first credential that removes shared capacity for all requests, if there is one.</summary>
    public ByokKey? RemovesShared { get; } =
        Keys.FirstOrDefault(key => SharedCapacity.IsRemovedBy(key, RequestScope.Any));

    /// <summary>The first credential that removes shared capacity for the requests that it allows.</summary>
    public ByokKey? RemovesSharedForSome { get; } =
        Keys.FirstOrDefault(key => !key.Disabled && SharedCapacity.RemovalScopeOf(key) is not null);

    /// <summary>Whether another enabled credential has the same place, so that either may come first.</summary>
    public bool IsTied(ByokKey key) => Keys.Any(other =>
        other != key && !other.Disabled && other.IsFallback == key.IsFallback && other.SortOrder == key.SortOrder);

    /// <summary>
    /// The routes to the providers of the credentials: for each workspace that has credentials of the provider, and for
    /// all others if there are global ones. In the order of the providers.
    /// </summary>
    /// <param name="keys">The credentials.</param>
    /// <param name="workspaceIds">
    /// The workspaces whose requests are in question; null means all, and that no credential is missing.
    /// </param>
    public static IReadOnlyList<ProviderRoute> Of(
        IEnumerable<ByokKey> keys, IReadOnlyList<string>? workspaceIds = null) =>
    [
        .. from provider in keys.OrderBy(key => key).GroupBy(key => key.Provider, EligibilityRules.Providers)
           let all = provider.ToList()
           from workspace in workspaceIds
               ?? all.Select(key => key.WorkspaceId).Distinct(EligibilityRules.WorkspaceIds)
           where workspace is null || all.Exists(key => EligibilityRules.ServesWorkspace(key, workspace))
           select new ProviderRoute(
               provider.Key,
               workspace,
               workspace is null
                   ? all.FindAll(key => key.WorkspaceId is null)
                   : all.FindAll(key => EligibilityRules.ServesWorkspace(key, workspace))),
    ];
}
