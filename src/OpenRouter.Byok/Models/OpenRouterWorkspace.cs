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

    /// <summary>The name in the form that is used in addresses. It is unique in the account.</summary>
    public string Slug { get; internal init; } = "";

    /// <summary>The description; null if there is none.</summary>
    public string? Description { get; internal init; }

    /// <summary>The default model for requests that do not specify one; null if there is none.</summary>
    public string? DefaultTextModel { get; internal init; }

    /// <summary>The default image model for requests that do not specify one; null if there is none.</summary>
    public string? DefaultImageModel { get; internal init; }

    /// <summary>
    /// The criterion by which providers are preferred: price, throughput, latency, and others; null if none was
    /// selected.
    /// </summary>
    public string? DefaultProviderSort { get; internal init; }

    /// <summary>The id of the guardrail that applies to the whole workspace.</summary>
    public string? DefaultGuardrailId { get; internal init; }

    /// <summary>Whether the cost of your own keys counts toward the budgets of the workspace.</summary>
    public bool IncludeByokInBudgets { get; internal init; }

    /// <summary>Whether prompts and responses are logged privately.</summary>
    public bool IsObservabilityIoLoggingEnabled { get; internal init; }

    /// <summary>Whether traces are sent to the observability tools that are configured for the workspace.</summary>
    public bool IsObservabilityBroadcastEnabled { get; internal init; }

    /// <summary>Whether OpenRouter is allowed to use prompts and responses in return for a discount.</summary>
    public bool IsDataDiscountLoggingEnabled { get; internal init; }

    /// <summary>The share of requests that is logged, 0.0001 to 1; null if the API does not report it.</summary>
    public decimal? IoLoggingSamplingRate { get; internal init; }

    /// <summary>When the workspace was created; null if the API does not report it.</summary>
    public DateTimeOffset? CreatedAt { get; internal init; }

    /// <summary>When it was last changed; null when it never was.</summary>
    public DateTimeOffset? UpdatedAt { get; internal init; }

    /// <summary>The id of the member who created it; null when unknown.</summary>
    public string? CreatedBy { get; internal init; }

    /// <summary>The name.</summary>
    public override string ToString() => DisplayText.Escape(Name);
}
