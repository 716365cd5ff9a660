using System.Linq;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Probing;

/// <summary>
/// Judges a credential by the answer to its probe, and claims no more than follows from the routing rules.
/// </summary>
internal static class ProbeVerdict
{
    public static ByokKeyTestResult Of(Probe probe, ProbeRoute route, ProbeAnswer answer)
    {
        var finding = Find(probe.Key, route, answer);
        var status = finding.Status ?? (answer.IsOfProvider ? answer.Status : null);
        return new ByokKeyTestResult
        {
            KeyId = probe.Key.Id,
            Name = probe.Key.Name,
            Label = probe.Key.Label,
            Provider = probe.Key.Provider,
            Outcome = OutcomeOf(finding),
            IsByok = answer.IsByok,
            Status = answer.Status,
            UpstreamStatus = status,
            IsThisKey = finding.IsThisKey,
            Meaning = finding.Status is { } own
                ? ProbeWords.OfStatus(own)
                : ProbeWords.OfAnswer(answer, finding.IsThisKey == ByokKeyAttribution.No),
            Explanation = string.Join(
                " ", new[] { finding.Why, status is { } said ? ProbeWords.HintOf(said) : null }.OfType<string>()),
            Latency = answer.Elapsed,
            Model = probe.Model,
            GenerationId = answer.GenerationId,
            Cost = answer.Cost,
        };
    }

    /// <summary>The result for a credential that no request would come to.</summary>
    public static ByokKeyTestResult NotTested(ByokKey key, string? model, WhyOut why) => new()
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

    private static Finding Find(ByokKey key, ProbeRoute route, ProbeAnswer answer)
    {
        if (!answer.IsOfProvider)
        {
            return Unknown(answer.Status == 404 ? Messages.ProbeWhyNothingFound : Messages.ProbeWhyNoProvider);
        }

        if (!route.Caller.IsKnown) return Unknown(Messages.ProbeWhyCallerUnknown);
        if (route.Standing != Standing.Eligible || route.MayHoldMore) return Unknown(Messages.ProbeWhyMemberUnknown);
        if (route.IsTied) return Unknown(Messages.ProbeWhyTied);
        if (route.Fits(answer)) return FromAttempts(route, answer);
        if (route.IsAlone && answer.IsByok is true) return This(answer.Status, Messages.ProbeWhyAlone);
        if (answer.Attempts.Count > 0) return Unknown(Messages.ProbeWhyOtherRoute);
        if (route.IsAlone && answer.IsByok is null && !route.HasShared)
        {
            return This(answer.Status, Messages.ProbeWhyAlone);
        }

        if (answer.IsByok is true) return Unknown(Messages.ProbeWhySeveral);
        if (answer.IsServed && answer.IsByok is false && key.IsFallback) return Other(Messages.ProbeWhyFallback);
        return Unknown(Messages.ProbeWhyAttemptsUntold);
    }

    private static Finding FromAttempts(ProbeRoute route, ProbeAnswer answer)
    {
        var place = route.Place;
        if (place < answer.Attempts.Count)
        {
            var why = route.IsAlone && place == 0 ? Messages.ProbeWhyAlone
                : place == 0 ? Messages.ProbeWhyFirst
                : Text.Of(Messages.ProbeWhyAfter, place);
            return This(answer.Attempts[place].Status, why);
        }

        var last = route.At(answer.Attempts.Count - 1);
        return Other(last is null ? Messages.ProbeWhyFallback : Text.Of(Messages.ProbeWhyBehind, last));
    }

    private static Finding This(int status, string why) => new(ByokKeyAttribution.Yes, status, why);

    private static Finding Other(string why) => new(ByokKeyAttribution.No, null, why);

    private static Finding Unknown(string why) => new(ByokKeyAttribution.Unknown, null, why);

    /// <param name="IsThisKey">Whether the answer is about the credential.</param>
    /// <param name="Status">What the provider answered to it, when that is known.</param>
    /// <param name="Why">How that is known, or why it is not.</param>
    private readonly record struct Finding(ByokKeyAttribution IsThisKey, int? Status, string Why);
}
