using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>
/// One step in the route of a request or, if it has no number, something that is excluded from the route.
/// </summary>
public sealed class ByokRouteStep
{
    /// <summary>The model that is requested.</summary>
    public string Model { get; internal init; } = "";

    /// <summary>The position in the route, starting with 1; null if it is excluded.</summary>
    public int? Step { get; internal init; }

    /// <summary>The slug of the provider; null for the shared capacity of all providers without a credential.</summary>
    public string? Provider { get; internal init; }

    /// <summary>Whether it is a credential of the account or shared capacity of OpenRouter.</summary>
    public ByokRouteStepKind Kind { get; internal init; }

    /// <summary>
    /// The id of the credential; null for shared capacity, and for a credential that is only planned.
    /// </summary>
    public string? KeyId { get; internal init; }

    /// <summary>The name of the credential, when it has one.</summary>
    public string? Name { get; internal init; }

    /// <summary>The masked snippet of the credential's key.</summary>
    public string? Label { get; internal init; }

    /// <summary>The reason for its position, or the reason why it is excluded.</summary>
    public string Reason { get; internal init; } = "";

    /// <summary>The position, and the credential or the shared capacity.</summary>
    public override string ToString() => DisplayText.Escape(
        $"{(Step is null ? "-" : Step)} {(Kind == ByokRouteStepKind.Shared ? "shared" : Name ?? Label)} "
        + $"({Provider ?? "other"})");
}

/// <summary>What serves a step of a route.</summary>
public enum ByokRouteStepKind
{
    /// <summary>A credential of the account: the provider bills its owner.</summary>
    Credential,

    /// <summary>OpenRouter's own capacity: it spends credits.</summary>
    Shared,
}
