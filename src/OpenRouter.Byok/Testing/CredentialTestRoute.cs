using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>The place of one credential in the route of its request.</summary>
internal sealed class CredentialTestRoute
{
    private readonly IReadOnlyList<RouteStep> steps;

    /// <param name="key">The credential.</param>
    /// <param name="keys">The credentials of its provider, of the workspace in which the caller's requests run.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="caller">Whose request it is.</param>
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
        Place = steps.TakeWhile(step => step.Key != key).Count();
        Eligibility = route.Excluded.Where(one => one.Key == key).Select(one => one.Eligibility).FirstOrDefault();
        MayHoldMore = route.Excluded.Any(one => EligibilityRules.IsUnknown(one.Eligibility));
        IsTied = Place < steps.Count && steps[Place].IsTied;
        IsAlone = !MayHoldMore && steps.Count(step => step.Key is not null) == 1 && Place < steps.Count;
        HasShared = steps.Any(step => step.Key is null);
    }

    public TestCaller Caller { get; }

    /// <summary>How many steps are tried before it.</summary>
    public int Place { get; }

    /// <summary>Whether it takes part, or why it does not.</summary>
    public Eligibility Eligibility { get; }

    /// <summary>Some credentials may take part or not, since too little is known of the caller.</summary>
    public bool MayHoldMore { get; }

    /// <summary>Another credential has the same place.</summary>
    public bool IsTied { get; }

    /// <summary>It is the only credential that takes part.</summary>
    public bool IsAlone { get; }

    public bool HasShared { get; }

    /// <summary>What is tried at a place: a credential, or null for shared capacity.</summary>
    public ByokKey? At(int place) => steps[place].Key;

    /// <summary>Whether what the router tells of its attempts can be this route.</summary>
    public bool Fits(CredentialTestResponse answer)
    {
        var attempts = answer.Attempts;
        if (attempts.Count == 0 || attempts.Count > steps.Count) return false;
        // Only the last of them can have served.
        return attempts
                .Zip(steps, (attempt, step) => attempt.IsByok is null || attempt.IsByok == step.Key is not null)
                .All(fits => fits)
            && attempts.Take(attempts.Count - 1).All(attempt => attempt.Status is < 200 or >= 300)
            && (answer.IsByok is null || answer.IsByok == steps[attempts.Count - 1].Key is not null);
    }
}
