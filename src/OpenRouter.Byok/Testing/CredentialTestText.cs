using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>The words of the results of tests.</summary>
internal static class CredentialTestText
{
    /// <summary>What it means when a provider responds to a credential with the status.</summary>
    public static string MeaningOfStatus(int status) => status switch
    {
        200 => Messages.UpstreamServed,
        401 => Messages.Upstream401,
        402 => Messages.Upstream402,
        403 => Messages.Upstream403,
        404 => Messages.Upstream404,
        408 or 504 or 524 => Messages.UpstreamTimeout,
        429 => Messages.Upstream429,
        >= 500 => Messages.UpstreamFailed,
        _ => Messages.Format(Messages.UpstreamRequest, status),
    };

    /// <summary>What to do about a status, and what else it may mean; null when there is nothing to add.</summary>
    public static string? AdviceFor(int status, string provider) => status switch
    {
        401 when KnownProviders.HasRegionalKeys(provider) => Messages.HintRegion,
        403 => Messages.HintPermission,
        429 => Messages.HintRateLimit,
        200 or 401 or 402 => null,
        408 or >= 500 => Messages.HintTestAgain,
        _ => Messages.HintModel,
    };

    /// <summary>What the response as a whole means.</summary>
    /// <param name="response">The response.</param>
    /// <param name="isOtherKey">Whether it is known to be about another credential than the tested one.</param>
    public static string MeaningOfResponse(CredentialTestResponse response, bool isOtherKey) => response switch
    {
        { IsServed: true, IsByok: false } => Messages.TestServedShared,
        { IsServed: true, IsByok: true } => isOtherKey ? Messages.TestServedByok : Messages.TestServedSome,
        { IsServed: true } => Messages.TestServed,
        { IsOfProvider: true } => Messages.Format(Messages.TestRefused, response.Status),
        { Status: 404 } => Messages.TestNothingFound,
        _ => Messages.Format(Messages.TestErrorStatus, response.Status),
    };

    /// <summary>Why no request uses the credential; null when one may.</summary>
    public static NotTestedReason? ReasonFor(ByokKey key, Eligibility eligibility, string model) => eligibility switch
    {
        Eligibility.OtherWorkspace => OtherWorkspace(key),
        Eligibility.Disabled => Disabled,
        Eligibility.ModelNotAllowed =>
            new(Messages.NotTestedModelShort, Messages.Format(Messages.NotTestedModel, model)),
        Eligibility.ApiKeyNotAllowed => new(Messages.NotTestedApiKeyShort, Messages.NotTestedApiKey),
        Eligibility.UserNotAllowed => new(Messages.NotTestedUserShort, Messages.NotTestedUser),
        _ => null,
    };

    public static NotTestedReason Disabled => new(Messages.NotTestedDisabledShort, Messages.NotTestedDisabled);

    public static NotTestedReason NotFound => new(Messages.NotTestedNotFoundShort, Messages.NotTestedNotFound);

    public static NotTestedReason NoModelKnown(string provider) =>
        new(Messages.NotTestedNoModelShort, Messages.Format(Messages.NotTestedNoModel, provider));

    public static NotTestedReason OtherWorkspace(ByokKey key) =>
        new(Messages.NotTestedWorkspaceShort, Messages.Format(Messages.NotTestedWorkspace, key.WorkspaceId));
}

/// <summary>Why no request is sent, in a few words and in a sentence.</summary>
internal sealed record NotTestedReason(string Meaning, string Explanation);
