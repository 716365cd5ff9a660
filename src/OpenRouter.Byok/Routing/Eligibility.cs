namespace OpenRouter.Byok.Routing;

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

    /// <summary>It is for some API keys only, and the API key of the request is not known.</summary>
    ApiKeyUnknown,

    /// <summary>It is for some members only, and the member of the request is not known.</summary>
    UserUnknown,
}

/// <summary>A credential, and whether it takes part in the request in question.</summary>
internal readonly record struct KeyEligibility(ByokKey Key, Eligibility Eligibility);
