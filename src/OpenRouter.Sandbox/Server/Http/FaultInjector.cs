using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.AspNetCore.Http;

namespace OpenRouter.Sandbox.Server;

/// <summary>What befalls one request; the sample decides between the variants of a fault.</summary>
internal sealed record Fault(FaultKind Kind, FaultPlan Plan, double Sample)
{
    private int RetryAfterSeconds => (int)Plan.RetryAfter.TotalSeconds;

    /// <summary>The response that is sent instead of doing the work.</summary>
    public ApiResponse? Before => Kind switch
    {
        FaultKind.RateLimit => ApiResponse.Error(429, "Rate limit exceeded", "rate_limit_exceeded")
            .With("Retry-After", RetryAfterSeconds),
        FaultKind.Unavailable => WithOrWithoutDelay(ApiResponse.Page(503, "503 Service Temporarily Unavailable")),
        FaultKind.Conflict => WithOrWithoutDelay(
            ApiResponse.Error(409, "Resource conflict or concurrent modification. Please try again later.")),
        FaultKind.Forbidden => ApiResponse.Error(403, "Only management keys can perform this operation"),
        _ => null,
    };

    public TimeSpan Delay => Kind == FaultKind.Slow ? Plan.SlowDelay : TimeSpan.Zero;

    /// <summary>The response as it arrives: with garbage, a success is cut in half or is a page of HTML.</summary>
    public ApiResponse ApplyTo(ApiResponse reply) => Kind == FaultKind.Garbage && reply.Status < 300
        ? Sample < 0.5 ? reply.Truncated() : ApiResponse.Page(reply.Status, "Checking your browser")
        : reply;

    private ApiResponse WithOrWithoutDelay(ApiResponse reply) =>
        Sample < 0.5 ? reply.With("Retry-After", RetryAfterSeconds) : reply;
}

/// <summary>Draws the fault of each request from one seeded sequence, and counts.</summary>
internal sealed class FaultInjector(FaultPlan? plan)
{
    private static readonly Fault None = new(FaultKind.None, new FaultPlan(), 0);

    private readonly Lock gate = new();
    private readonly Dictionary<FaultKind, int> counts = FaultPlan.Names.Values.ToDictionary(kind => kind, _ => 0);
#pragma warning disable CA5394 // The sequence has to be repeatable; nothing secret depends on it.
    private readonly Random random = new(plan?.Seed ?? 0);

    public FaultPlan? Plan { get; } = plan;

    /// <summary>A request takes its turn in the sequence even if the fault does not concern its method.</summary>
    public Fault Next(string method)
    {
        if (Plan is null)
        {
            return None;
        }

        lock (gate)
        {
            var kind = Pick(random.NextDouble());
            var sample = random.NextDouble();
            if (FaultPlan.IsForUpdates(kind) && !HttpMethods.IsPatch(method))
            {
                return None;
            }

            if (kind != FaultKind.None)
            {
                counts[kind]++;
            }

            return new Fault(kind, Plan, sample);
        }
    }
#pragma warning restore CA5394

    public IReadOnlyDictionary<string, int> Counts()
    {
        lock (gate)
        {
            return FaultPlan.Names.ToDictionary(name => name.Key, name => counts[name.Value]);
        }
    }

    private FaultKind Pick(double sample)
    {
        foreach (var (kind, rate) in Plan!.Rates)
        {
            if (sample < rate)
            {
                return kind;
            }

            sample -= rate;
        }

        return FaultKind.None;
    }
}
