using System;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>A workspace of an OpenRouter account.</summary>
/// <remarks>The properties are the API's, in PascalCase: https://openrouter.ai/docs/api-reference/workspaces.</remarks>
public sealed class OpenRouterWorkspace
{
    /// <summary>The id, a UUID.</summary>
    public string Id { get; init; } = "";

    /// <summary>What people call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The name as addresses have it; no two workspaces of an account share one.</summary>
    public string Slug { get; init; } = "";

    /// <summary>What it is for; null when nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>The model that requests without one get; null when there is none.</summary>
    public string? DefaultTextModel { get; init; }

    /// <summary>The model for images that requests without one get; null when there is none.</summary>
    public string? DefaultImageModel { get; init; }

    /// <summary>
    /// What providers are preferred for: price, throughput, latency and others; null when nothing was chosen.
    /// </summary>
    public string? DefaultProviderSort { get; init; }

    /// <summary>The id of the guardrail that holds for the whole workspace.</summary>
    public string? DefaultGuardrailId { get; init; }

    /// <summary>Whether what own keys cost counts toward the budgets of the workspace.</summary>
    public bool IncludeByokInBudgets { get; init; }

    /// <summary>Whether prompts and answers are logged privately.</summary>
    public bool IsObservabilityIoLoggingEnabled { get; init; }

    /// <summary>Whether traces are sent to the observability tools that the workspace named.</summary>
    public bool IsObservabilityBroadcastEnabled { get; init; }

    /// <summary>Whether OpenRouter may use prompts and answers, for a discount.</summary>
    public bool IsDataDiscountLoggingEnabled { get; init; }

    /// <summary>The share of requests that is logged, 0.0001 to 1; null when the API did not say.</summary>
    public decimal? IoLoggingSamplingRate { get; init; }

    /// <summary>When it was created; null when the API did not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last changed; null when it never was.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The id of the member who created it; null when unknown.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => DisplayText.Escape(Name);
}
