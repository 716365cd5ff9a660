using System.Collections.Generic;

namespace OpenRouter.Byok.Routing;

/// <summary>What a request tries, one after the other until one serves it.</summary>
/// <param name="Steps">In the order in which they are tried.</param>
/// <param name="RemovedShared">The providers whose shared capacity is not tried, each with the reason.</param>
/// <param name="Excluded">The credentials that are not tried, each with the first reason that holds.</param>
internal sealed record Route(
    IReadOnlyList<RouteStep> Steps,
    IReadOnlyList<RemovedSharedCapacity> RemovedShared,
    IReadOnlyList<KeyEligibility> Excluded);

/// <summary>
/// A credential, or without one the shared capacity of a provider; without a provider, the shared capacity of all other
/// providers.
/// </summary>
internal sealed record RouteStep(string? Provider, ByokKey? Key)
{
    /// <summary>Whether it is not known that the provider serves the model.</summary>
    public bool IsModelSupportUnknown { get; init; }

    /// <summary>
    /// Whether another credential of the provider has the same sort order, so that either may come first.
    /// </summary>
    public bool IsTied { get; init; }

    /// <summary>
    /// A credential that removes this shared capacity if it is meant for the caller, who is not fully known.
    /// </summary>
    public ByokKey? MayBeRemovedBy { get; init; }
}

/// <summary>The shared capacity of a provider, and a credential that removes it from the route.</summary>
internal readonly record struct RemovedSharedCapacity(string Provider, ByokKey RemovedBy);
