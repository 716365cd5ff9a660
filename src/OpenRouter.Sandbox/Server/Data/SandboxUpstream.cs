using System;

namespace OpenRouter.Sandbox.Server;

/// <summary>How a provider answers a request: with which status, and with which body when it refuses.</summary>
/// <param name="Status">200 serves.</param>
/// <param name="ErrorType">OpenRouter's stable name of the refusal.</param>
/// <param name="Raw">The body that the provider refuses with.</param>
internal sealed record SandboxUpstream(int Status, string ErrorType = "", string Raw = "")
{
    public static readonly SandboxUpstream Serves = new(200);

    public static readonly SandboxUpstream Revoked = Refusal(
        401, "authentication", "invalid_api_key", "Incorrect API key provided.");

    public static readonly SandboxUpstream Forbidden = Refusal(
        403, "permission_denied", "insufficient_permissions", "You have insufficient permissions for this operation.");

    public static readonly SandboxUpstream RateLimited = Refusal(
        429, "rate_limit_exceeded", "rate_limit_exceeded", "Rate limit reached for requests.");

    public static readonly SandboxUpstream OutOfQuota = Refusal(
        402, "payment_required", "insufficient_quota", "You exceeded your current quota.");

    public static readonly SandboxUpstream Failing = Refusal(
        500, "server", "server_error", "The server had an error while processing your request.");

    public static readonly SandboxUpstream TimesOut = Refusal(
        408, "timeout", "timeout", "Request timed out.") with { Delay = TimeSpan.FromSeconds(2) };

    public static readonly SandboxUpstream Slow = Serves with { Delay = TimeSpan.FromSeconds(2) };

    /// <summary>Waited before the provider answers.</summary>
    public TimeSpan Delay { get; init; }

    public bool IsServing => Status == 200;

    private static SandboxUpstream Refusal(int status, string errorType, string code, string message) =>
        new(status, errorType, $$$"""{"error":{"message":"{{{message}}}","code":"{{{code}}}"}}""");
}
