using OpenRouter.Byok.Api;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>What came of a test request, as people read it.</summary>
internal static class TestText
{
    /// <summary>What it means when a provider answers a credential so.</summary>
    public static string OfStatus(int status) => status switch
    {
        200 => Messages.UpstreamServed,
        401 => Messages.Upstream401,
        402 => Messages.Upstream402,
        403 => Messages.Upstream403,
        404 => Messages.Upstream404,
        408 or 504 or 524 => Messages.UpstreamTimeout,
        429 => Messages.Upstream429,
        >= 500 => Messages.UpstreamTrouble,
        _ => Messages.Format(Messages.UpstreamRequest, status),
    };

    /// <summary>What to make of an answer that is not about the key; null when it is.</summary>
    public static string? HintOf(int status) => status switch
    {
        200 or 401 or 402 or 403 or 429 => null,
        408 or >= 500 => Messages.HintTrouble,
        _ => Messages.HintModel,
    };

    /// <summary>What came of the request as a whole.</summary>
    public static string OfAnswer(CredentialTestResponse answer, bool isOther) => answer switch
    {
        { IsServed: true, IsByok: false } => Messages.TestServedShared,
        { IsServed: true, IsByok: true } => isOther ? Messages.TestServedByok : Messages.TestServedSome,
        { IsServed: true } => Messages.TestServed,
        { IsOfProvider: true } => Messages.Format(Messages.TestRefused, answer.Status),
        { Status: 404 } => Messages.TestNothingFound,
        _ => Messages.Format(Messages.TestTrouble, answer.Status),
    };

    /// <summary>Why no request comes to the credential; null when one may.</summary>
    public static NotTestedReason? Out(ByokKey key, Eligibility standing, string model) => standing switch
    {
        Eligibility.OtherWorkspace => OtherWorkspace(key),
        Eligibility.Disabled => Disabled,
        Eligibility.ModelNotAllowed => new(Messages.TestOutModelWord, Messages.Format(Messages.TestOutModel, model)),
        Eligibility.ApiKeyNotAllowed => new(Messages.TestOutApiKeyWord, Messages.TestOutApiKey),
        Eligibility.UserNotAllowed => new(Messages.TestOutUserWord, Messages.TestOutUser),
        _ => null,
    };

    public static NotTestedReason Disabled => new(Messages.TestOutDisabledWord, Messages.TestOutDisabled);

    public static NotTestedReason Gone => new(Messages.TestOutGoneWord, Messages.TestOutGone);

    public static NotTestedReason NoModel(string provider) =>
        new(Messages.TestOutNoModelWord, Messages.Format(Messages.TestOutNoModel, provider));

    public static NotTestedReason OtherWorkspace(ByokKey key) =>
        new(Messages.TestOutWorkspaceWord, Messages.Format(Messages.TestOutWorkspace, key.WorkspaceId));
}

/// <summary>Why nothing is sent, in a word and in a sentence.</summary>
internal sealed record NotTestedReason(string Word, string Sentence);
