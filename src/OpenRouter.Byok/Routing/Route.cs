using System.Collections.Generic;

namespace OpenRouter.Byok.Routing;

/// <summary>What a request tries, one after the other until one serves it.</summary>
/// <param name="Steps">In the order of trial.</param>
/// <param name="RemovedShared">
/// Providers whose shared capacity is not tried, and the credential that is to blame.
/// </param>
/// <param name="Excluded">Credentials that are not tried, each with the first reason that holds.</param>
internal sealed record Route(
    IReadOnlyList<RouteStep> Steps, IReadOnlyList<RemovedShared> RemovedShared, IReadOnlyList<ExcludedKey> Excluded);

/// <summary>
/// A credential, or without one the shared capacity of a provider, or of all others when there is none either.
/// </summary>
internal sealed record RouteStep(string? Provider, ByokKey? Key)
{
    /// <summary>It was not found out whether the provider serves the model at all.</summary>
    public bool IsServingUnknown { get; init; }

    /// <summary>
    /// Another credential of the provider has the same sort order, so either may be the first of the two.
    /// </summary>
    public bool IsTied { get; init; }

    /// <summary>
    /// A credential that removes this shared capacity when the caller turns out to be one it is meant for.
    /// </summary>
    public ByokKey? PerhapsRemovedBy { get; init; }
}

internal readonly record struct RemovedShared(string Provider, ByokKey By);

internal readonly record struct ExcludedKey(ByokKey Key, Eligibility Eligibility);

/// <summary>
/// Whether a credential takes part in a request; if not, why. In the order in which reasons are looked for.
/// </summary>
internal enum Eligibility
{
    Eligible,
    OtherWorkspace,
    OtherProvider,
    ModelNotServed,
    Disabled,
    ModelNotAllowed,
    ApiKeyNotAllowed,
    UserNotAllowed,
    ApiKeyNotTold,
    UserNotTold,
}
