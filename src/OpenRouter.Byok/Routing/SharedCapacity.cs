namespace OpenRouter.Byok.Routing;

/// <summary>
/// Which credentials remove the shared capacity of their provider from the route of a request. This is the one place
/// that decides it.
/// </summary>
internal static class SharedCapacity
{
    /// <summary>
    /// The requests of its workspace for which the credential removes shared capacity while it is enabled; null when it
    /// never does.
    /// </summary>
    public static RequestScope? RemovalScopeOf(ByokKey key) =>
        key.IsByokOnly ? RequestScope.Any
        : key.IsRequired ? RequestScope.AllowedBy(key)
        : null;

    /// <summary>Whether the credential removes it for all these requests, which are ones of its workspace.</summary>
    public static bool IsRemovedBy(ByokKey key, RequestScope requests) =>
        !key.Disabled && RemovalScopeOf(key) is { } scope && scope.Covers(requests);

    /// <summary>Whether the credential would remove it if what is not known of a request made it eligible.</summary>
    public static bool MayBeRemovedBy(ByokKey key, Eligibility eligibility) =>
        EligibilityRules.IsUnknown(eligibility) && RemovalScopeOf(key) is not null;
}
