using System.Collections.Generic;

namespace OpenRouter.Byok.Routing;

/// <summary>
/// A request as far as its route depends on it. What is null is not known, and nothing is assumed of it.
/// </summary>
internal sealed record RouteRequest(string Model)
{
    /// <summary>
    /// The providers that it may go to, in the order of preference; null means any that serves the model.
    /// </summary>
    public IReadOnlyList<string>? Providers { get; init; }

    /// <summary>The hash of the OpenRouter API key that it is sent with.</summary>
    public string? ApiKeyHash { get; init; }

    /// <summary>The id of the member that it counts for.</summary>
    public string? UserId { get; init; }

    /// <summary>
    /// The id of its workspace; where it is null, all credentials are taken for ones of that workspace.
    /// </summary>
    public string? WorkspaceId { get; init; }

    /// <summary>Which providers serve the model, as far as that was looked up; by slugs in any case.</summary>
    public IReadOnlyDictionary<string, bool> Serves { get; init; } = NoneKnown;

    private static readonly Dictionary<string, bool> NoneKnown = new(EligibilityRules.Providers);
}
