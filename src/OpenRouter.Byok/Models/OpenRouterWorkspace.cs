using System;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>A workspace of an OpenRouter account.</summary>
/// <remarks>The properties are the API's, in PascalCase: https://openrouter.ai/docs/api-reference/workspaces.</remarks>
public sealed class OpenRouterWorkspace
{
    /// <summary>The id, a UUID.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>The display name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The name as addresses have it; no two workspaces of an account share one.</summary>
    public string Slug { get; internal init; } = "";

    /// <summary>What it is for; null when nobody said.</summary>
    public string? Description { get; internal init; }

    /// <summary>The model that requests without one get; null when there is none.</summary>
    public string? DefaultTextModel { get; internal init; }

    /// <summary>The model for images that requests without one get; null when there is none.</summary>
    public string? DefaultImageModel { get; internal init; }

    /// <summary>
    /// What providers are preferred for: price, throughput, latency and others; null when nothing was chosen.
    /// </summary>
    public string? DefaultProviderSort { get; internal init; }

    /// <summary>The id of the guardrail that holds for the whole workspace.</summary>
    public string? DefaultGuardrailId { get; internal init; }

    /// <summary>Whether what own keys cost counts toward the budgets of the workspace.</summary>
    public bool IncludeByokInBudgets { get; internal init; }

    /// <summary>Whether prompts and responses are logged privately.</summary>
    public bool IsObservabilityIoLoggingEnabled { get; internal init; }

    /// <summary>Whether traces are sent to the observability tools that the workspace named.</summary>
    public bool IsObservabilityBroadcastEnabled { get; internal init; }

    /// <summary>Whether OpenRouter is allowed to use prompts and responses in return for a discount.</summary>
    public bool IsDataDiscountLoggingEnabled { get; internal init; }

    /// <summary>The share of requests that is logged, 0.0001 to 1; null when the API did not say.</summary>
    public decimal? IoLoggingSamplingRate { get; internal init; }

    /// <summary>When the credential was created; null if the API does not report it.</summary>
    public DateTimeOffset? CreatedAt { get; internal init; }

    /// <summary>When it was last changed; null when it never was.</summary>
    public DateTimeOffset? UpdatedAt { get; internal init; }

    /// <summary>The id of the member who created it; null when unknown.</summary>
    public string? CreatedBy { get; internal init; }

    /// <summary>The name.</summary>
    public override string ToString() => DisplayText.Escape(Name);
}
