using System.Linq;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>
/// Judges a credential by the answer to its request, and claims no more than follows from the routing rules.
/// </summary>
internal static class CredentialTestVerdict
{
    public static ByokKeyTestResult Of(CredentialTestRequest request, CredentialTestRoute route, CredentialTestResponse answer)
    {
        var finding = Find(request.Key, route, answer);
        var status = finding.Status ?? (answer.IsOfProvider ? answer.Status : null);
        return new ByokKeyTestResult
        {
            KeyId = request.Key.Id,
            Name = request.Key.Name,
            Label = request.Key.Label,
            Provider = request.Key.Provider,
            Outcome = OutcomeOf(finding),
            IsByok = answer.IsByok,
            Status = answer.Status,
            UpstreamStatus = status,
            IsThisKey = finding.IsThisKey,
            Meaning = finding.Status is { } own
                ? TestText.OfStatus(own)
                : TestText.OfAnswer(answer, finding.IsThisKey == ByokKeyAttribution.No),
            Explanation = string.Join(
                " ", new[] { finding.Why, status is { } said ? TestText.HintOf(said) : null }.OfType<string>()),
            Latency = answer.Elapsed,
            Model = request.Model,
            GenerationId = answer.GenerationId,
            Cost = answer.Cost,
        };
    }

    /// <summary>The result for a credential that no request would come to.</summary>
    public static ByokKeyTestResult NotTested(ByokKey key, string? model, NotTestedReason why) => new()
    {
        KeyId = key.Id,
        Name = key.Name,
        Label = key.Label,
        Provider = key.Provider,
        Outcome = ByokKeyTestOutcome.NotTested,
        IsThisKey = ByokKeyAttribution.No,
        Meaning = why.Word,
        Explanation = why.Sentence,
        Model = model,
    };

    private static ByokKeyTestOutcome OutcomeOf(Finding finding) => finding.Status switch
    {
        200 => ByokKeyTestOutcome.Passed,
        401 or 402 or 403 or 429 => ByokKeyTestOutcome.Failed,
        _ => ByokKeyTestOutcome.Inconclusive,
    };

    private static Finding Find(ByokKey key, CredentialTestRoute route, CredentialTestResponse answer)
    {
        if (!answer.IsOfProvider)
        {
            return Unknown(answer.Status == 404 ? Messages.TestWhyNothingFound : Messages.TestWhyNoProvider);
        }

        if (!route.Caller.IsKnown) return Unknown(Messages.TestWhyCallerUnknown);
        if (route.Eligibility != Eligibility.Eligible || route.MayHoldMore) return Unknown(Messages.TestWhyMemberUnknown);
        if (route.IsTied) return Unknown(Messages.TestWhyTied);
        if (route.Fits(answer)) return FromAttempts(route, answer);
        if (route.IsAlone && answer.IsByok is true) return This(answer.Status, Messages.TestWhyAlone);
        if (answer.Attempts.Count > 0) return Unknown(Messages.TestWhyOtherRoute);
        if (route.IsAlone && answer.IsByok is null && !route.HasShared)
        {
            return This(answer.Status, Messages.TestWhyAlone);
        }

        if (answer.IsByok is true) return Unknown(Messages.TestWhySeveral);
        if (answer.IsServed && answer.IsByok is false && key.IsFallback) return Other(Messages.TestWhyFallback);
        return Unknown(Messages.TestWhyAttemptsUntold);
    }

    private static Finding FromAttempts(CredentialTestRoute route, CredentialTestResponse answer)
    {
        var place = route.Place;
        if (place < answer.Attempts.Count)
        {
            var why = route.IsAlone && place == 0 ? Messages.TestWhyAlone
                : place == 0 ? Messages.TestWhyFirst
                : Messages.Format(Messages.TestWhyAfter, place);
            return This(answer.Attempts[place].Status, why);
        }

        var last = route.At(answer.Attempts.Count - 1);
        return Other(last is null ? Messages.TestWhyFallback : Messages.Format(Messages.TestWhyBehind, last));
    }

    private static Finding This(int status, string why) => new(ByokKeyAttribution.Yes, status, why);

    private static Finding Other(string why) => new(ByokKeyAttribution.No, null, why);

    private static Finding Unknown(string why) => new(ByokKeyAttribution.Unknown, null, why);

    /// <param name="IsThisKey">Whether the answer is about the credential.</param>
    /// <param name="Status">What the provider answered to it, when that is known.</param>
    /// <param name="Why">How that is known, or why it is not.</param>
    private readonly record struct Finding(ByokKeyAttribution IsThisKey, int? Status, string Why);
}
