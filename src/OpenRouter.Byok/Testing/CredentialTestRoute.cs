using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>The route of a test request, and the position of the tested credential in it.</summary>
internal sealed class CredentialTestRoute
{
    private readonly IReadOnlyList<RouteStep> steps;

    /// <param name="key">The credential.</param>
    /// <param name="keys">The credentials of its provider that serve the caller's workspace.</param>
    /// <param name="model">The model that the request is for.</param>
    /// <param name="caller">Whom the request counts for.</param>
    public CredentialTestRoute(ByokKey key, IEnumerable<ByokKey> keys, string model, TestCaller caller)
    {
        var route = RoutePlanner.Plan(keys, new RouteRequest(model)
        {
            Providers = [key.Provider],
            ApiKeyHash = caller.ApiKeyHash,
            UserId = caller.UserId,
            WorkspaceId = caller.WorkspaceId,
        });
        steps = route.Steps;
        Caller = caller;
        Position = steps.TakeWhile(step => step.Key != key).Count();
        Eligibility = route.Excluded
            .Where(excluded => excluded.Key == key)
            .Select(excluded => excluded.Eligibility)
            .FirstOrDefault();
        MayBeIncomplete = route.Excluded.Any(excluded => EligibilityRules.IsUnknown(excluded.Eligibility));
        IsTied = Position < steps.Count && steps[Position].IsTied;
        IsOnlyCredential = !MayBeIncomplete
            && steps.Count(step => step.Key is not null) == 1
            && Position < steps.Count;
        HasSharedCapacity = steps.Any(step => step.Key is null);
    }

    public TestCaller Caller { get; }

    /// <summary>How many steps are tried before it.</summary>
    public int Position { get; }

    /// <summary>Whether it takes part, or why it does not.</summary>
    public Eligibility Eligibility { get; }

    /// <summary>
    /// Whether other credentials may take part too, depending on what is not known of the caller.
    /// </summary>
    public bool MayBeIncomplete { get; }

    /// <summary>Whether another credential has the same sort order, so that either may come first.</summary>
    public bool IsTied { get; }

    /// <summary>Whether it is the only credential that takes part.</summary>
    public bool IsOnlyCredential { get; }

    /// <summary>Whether the first attempt is certainly made on it.</summary>
    public bool IsCertainlyFirst => Caller.IsKnown
        && Eligibility == Eligibility.Eligible
        && Position == 0
        && !MayBeIncomplete
        && !IsTied;

    /// <summary>Whether shared capacity is tried too.</summary>
    public bool HasSharedCapacity { get; }

    /// <summary>The credential that is tried at a position, or null for shared capacity.</summary>
    public ByokKey? KeyAt(int position) => steps[position].Key;

    /// <summary>Whether the attempts that the response reports can be the first steps of this route.</summary>
    public bool Matches(CredentialTestResponse response)
    {
        var attempts = response.Attempts;
        if (attempts.Count == 0 || attempts.Count > steps.Count)
        {
            return false;
        }

        // Only the last of them can have served.
        return attempts
                .Zip(steps, (attempt, step) => attempt.IsByok is null || attempt.IsByok == step.Key is not null)
                .All(matches => matches)
            && attempts.Take(attempts.Count - 1).All(attempt => attempt.Status is < 200 or >= 300)
            && (response.IsByok is null || response.IsByok == steps[attempts.Count - 1].Key is not null);
    }
}
