using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Probing;

/// <summary>What came of a probe, as people read it.</summary>
internal static class ProbeWords
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
        _ => Text.Of(Messages.UpstreamRequest, status),
    };

    /// <summary>What to make of an answer that is not about the key; null when it is.</summary>
    public static string? HintOf(int status) => status switch
    {
        200 or 401 or 402 or 403 or 429 => null,
        408 or >= 500 => Messages.HintTrouble,
        _ => Messages.HintModel,
    };

    /// <summary>What came of the request as a whole.</summary>
    public static string OfAnswer(ProbeAnswer answer, bool isOther) => answer switch
    {
        { IsServed: true, IsByok: false } => Messages.ProbeServedShared,
        { IsServed: true, IsByok: true } => isOther ? Messages.ProbeServedByok : Messages.ProbeServedSome,
        { IsServed: true } => Messages.ProbeServed,
        { IsOfProvider: true } => Text.Of(Messages.ProbeRefused, answer.Status),
        { Status: 404 } => Messages.ProbeNothingFound,
        _ => Text.Of(Messages.ProbeTrouble, answer.Status),
    };

    /// <summary>Why no request comes to the credential; null when one may.</summary>
    public static WhyOut? Out(ByokKey key, Standing standing, string model) => standing switch
    {
        Standing.OtherWorkspace => OtherWorkspace(key),
        Standing.Disabled => Disabled,
        Standing.ModelNotAllowed => new(Messages.ProbeOutModelWord, Text.Of(Messages.ProbeOutModel, model)),
        Standing.ApiKeyNotAllowed => new(Messages.ProbeOutApiKeyWord, Messages.ProbeOutApiKey),
        Standing.UserNotAllowed => new(Messages.ProbeOutUserWord, Messages.ProbeOutUser),
        _ => null,
    };

    public static WhyOut Disabled => new(Messages.ProbeOutDisabledWord, Messages.ProbeOutDisabled);

    public static WhyOut Gone => new(Messages.ProbeOutGoneWord, Messages.ProbeOutGone);

    public static WhyOut NoModel(string provider) =>
        new(Messages.ProbeOutNoModelWord, Text.Of(Messages.ProbeOutNoModel, provider));

    public static WhyOut OtherWorkspace(ByokKey key) =>
        new(Messages.ProbeOutWorkspaceWord, Text.Of(Messages.ProbeOutWorkspace, key.WorkspaceId));
}

/// <summary>Why nothing is sent, in a word and in a sentence.</summary>
internal sealed record WhyOut(string Word, string Sentence);
