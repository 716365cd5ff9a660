using OpenRouter.Byok.Api;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>
/// Evaluates the response to a test request: what it shows about the credential, and no more than follows from the
/// routing rules.
/// </summary>
internal static class CredentialTestEvaluator
{
    public static ByokKeyTestResult Evaluate(
        CredentialTestRequest request, CredentialTestRoute route, CredentialTestResponse response)
    {
        var attribution = Attribute(request.Key, route, response);
        var status = attribution.Status ?? (response.IsOfProvider ? response.Status : null);
        return new ByokKeyTestResult
        {
            KeyId = request.IsTemporary ? null : request.Key.Id,
            Name = request.IsTemporary ? null : request.Key.Name,
            Label = request.Key.Label,
            Provider = request.Key.Provider,
            Outcome = OutcomeOf(attribution),
            IsByok = response.IsByok,
            Status = response.Status,
            UpstreamStatus = status,
            IsThisKey = attribution.IsThisKey,
            Meaning = attribution.Status is { } ownStatus
                ? CredentialTestText.MeaningOfStatus(ownStatus)
                : CredentialTestText.MeaningOfResponse(
                    response, isOtherKey: attribution.IsThisKey == ByokKeyAttribution.No),
            Explanation = status is { } known
                && CredentialTestText.AdviceFor(known, request.Key.Provider) is { } advice
                ? $"{attribution.Reason} {advice}"
                : attribution.Reason,
            Latency = response.Elapsed,
            Model = request.Model,
            GenerationId = response.GenerationId,
            Cost = response.Cost,
        };
    }

    /// <summary>The result for a credential that no request would use, so that none is sent.</summary>
    public static ByokKeyTestResult NotTested(ByokKey key, string? model, NotTestedReason reason) => new()
    {
        KeyId = key.Id,
        Name = key.Name,
        Label = key.Label,
        Provider = key.Provider,
        Outcome = ByokKeyTestOutcome.NotTested,
        IsThisKey = ByokKeyAttribution.No,
        Meaning = reason.Meaning,
        Explanation = reason.Explanation,
        Model = model,
    };

    private static ByokKeyTestOutcome OutcomeOf(Attribution attribution) => attribution.Status switch
    {
        200 => ByokKeyTestOutcome.Passed,
        401 or 402 or 403 or 429 => ByokKeyTestOutcome.Failed,
        _ => ByokKeyTestOutcome.Inconclusive,
    };

    private static Attribution Attribute(ByokKey key, CredentialTestRoute route, CredentialTestResponse response)
    {
        if (!response.IsOfProvider)
        {
            return Unknown(response.Status == 404 ? Messages.TestWhyNothingFound : Messages.TestWhyNoProvider);
        }

        if (!route.Caller.IsKnown)
        {
            return Unknown(Messages.TestWhyCallerUnknown);
        }

        if (route.Eligibility != Eligibility.Eligible || route.MayBeIncomplete)
        {
            return Unknown(Messages.TestWhyMemberUnknown);
        }

        if (route.IsTied)
        {
            return Unknown(Messages.TestWhyTied);
        }

        if (route.Matches(response))
        {
            return AttributeByAttempts(route, response);
        }

        if (route.IsOnlyCredential && response.IsByok is true)
        {
            return ThisKey(response.Status, Messages.TestWhyAlone);
        }

        if (response.Attempts.Count > 0)
        {
            return Unknown(Messages.TestWhyOtherRoute);
        }

        if (route.IsOnlyCredential && response.IsByok is null && !route.HasSharedCapacity)
        {
            return ThisKey(response.Status, Messages.TestWhyAlone);
        }

        if (response.IsByok is true)
        {
            return Unknown(Messages.TestWhySeveral);
        }

        if (response.IsServed && response.IsByok is false && key.IsFallback)
        {
            return OtherKey(Messages.TestWhyFallback);
        }

        return Unknown(Messages.TestWhyAttemptsNotReported);
    }

    private static Attribution AttributeByAttempts(CredentialTestRoute route, CredentialTestResponse response)
    {
        var position = route.Position;
        if (position < response.Attempts.Count)
        {
            var reason = route.IsOnlyCredential && position == 0 ? Messages.TestWhyAlone
                : position == 0 ? Messages.TestWhyFirst
                : Messages.Format(Messages.TestWhyAfter, position);
            return ThisKey(response.Attempts[position].Status, reason);
        }

        var last = route.KeyAt(response.Attempts.Count - 1);
        return OtherKey(
                last is null ? Messages.TestWhyFallback : Messages.Format(Messages.TestWhyEarlierResponded, last));
    }

    private static Attribution ThisKey(int status, string reason) => new(ByokKeyAttribution.Yes, status, reason);

    private static Attribution OtherKey(string reason) => new(ByokKeyAttribution.No, null, reason);

    private static Attribution Unknown(string reason) => new(ByokKeyAttribution.Unknown, null, reason);

    /// <summary>Whether the response is about the credential that was tested.</summary>
    /// <param name="IsThisKey">Whether it is.</param>
    /// <param name="Status">The status with which the provider responded to it, when that is known.</param>
    /// <param name="Reason">How that is known, or why it is not.</param>
    private readonly record struct Attribution(ByokKeyAttribution IsThisKey, int? Status, string Reason);
}
