using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Usage;

/// <summary>What is left of activity without parts of it, row by row.</summary>
internal static class UsageRemainder
{
    /// <exception cref="OpenRouterException">The parts have more than the whole.</exception>
    public static IReadOnlyList<ActivityItem> Of(IEnumerable<ActivityItem> whole, IEnumerable<ActivityItem> parts)
    {
        var left =
            from signed in whole.Concat(parts.Select(Negative))
            group signed by (signed.Date, signed.Model, signed.EndpointId, signed.ProviderName) into rows
            let sum = rows.Aggregate(Sum)
            where !IsNothing(sum)
            select sum;
        var remainder = left.ToList();
        return remainder.Exists(IsNegative)
            ? throw new OpenRouterException(ErrorReason.InvalidResponse, Messages.ActivityChanged)
            {
                Advice = Messages.AdviceActivityChanged,
            }
            : remainder;
    }

    private static ActivityItem Sum(ActivityItem one, ActivityItem other) => one with
    {
        Usage = (one.Usage ?? 0) + (other.Usage ?? 0),
        ByokUsage = (one.ByokUsage ?? 0) + (other.ByokUsage ?? 0),
        Requests = (one.Requests ?? 0) + (other.Requests ?? 0),
        PromptTokens = (one.PromptTokens ?? 0) + (other.PromptTokens ?? 0),
        CompletionTokens = (one.CompletionTokens ?? 0) + (other.CompletionTokens ?? 0),
        ReasoningTokens = (one.ReasoningTokens ?? 0) + (other.ReasoningTokens ?? 0),
    };

    private static ActivityItem Negative(ActivityItem row) => row with
    {
        Usage = -row.Usage,
        ByokUsage = -row.ByokUsage,
        Requests = -row.Requests,
        PromptTokens = -row.PromptTokens,
        CompletionTokens = -row.CompletionTokens,
        ReasoningTokens = -row.ReasoningTokens,
    };

    private static bool IsNothing(ActivityItem row) =>
        row is
        {
            Usage: 0 or null,
            ByokUsage: 0 or null,
            Requests: 0 or null,
            PromptTokens: 0 or null,
            CompletionTokens: 0 or null,
            ReasoningTokens: 0 or null,
        };

    private static bool IsNegative(ActivityItem row) =>
        row.Usage < 0
        || row.ByokUsage < 0
        || row.Requests < 0
        || row.PromptTokens < 0
        || row.CompletionTokens < 0
        || row.ReasoningTokens < 0;
}
