using System;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>
/// An API key of an OpenRouter account. Applications send requests with it. The object never contains the key itself.
/// </summary>
/// <remarks>
/// The properties are the API's, in PascalCase: https://openrouter.ai/docs/api-reference/api-keys. Amounts are in USD;
/// days, weeks and months are those of UTC.
/// </remarks>
public sealed class OpenRouterApiKey
{
    /// <summary>
    /// The SHA-256 hash of the key, 64 hexadecimal digits, by which the API identifies it.
    /// </summary>
    public string Hash { get; internal init; } = "";

    /// <summary>The display name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The masked snippet of the key, such as sk-or-v1-0e6...1c96.</summary>
    public string Label { get; internal init; } = "";

    /// <summary>Whether the API key is disabled.</summary>
    public bool Disabled { get; internal init; }

    /// <summary>The id of the workspace it belongs to.</summary>
    public string? WorkspaceId { get; internal init; }

    /// <summary>The spending limit; null means that there is no limit.</summary>
    public decimal? Limit { get; internal init; }

    /// <summary>The remaining amount of the limit; null means that there is no limit.</summary>
    public decimal? LimitRemaining { get; internal init; }

    /// <summary>How often the limit resets: daily, weekly, or monthly; null means never.</summary>
    public string? LimitReset { get; internal init; }

    /// <summary>Whether the cost of your own keys counts toward the limit.</summary>
    public bool IncludeByokInLimit { get; internal init; }

    /// <summary>The OpenRouter credits that it has spent.</summary>
    public decimal? Usage { get; internal init; }

    /// <summary>The credits that it has spent today.</summary>
    public decimal? UsageDaily { get; internal init; }

    /// <summary>The credits that it has spent this week, from Monday on.</summary>
    public decimal? UsageWeekly { get; internal init; }

    /// <summary>The credits that it has spent this month.</summary>
    public decimal? UsageMonthly { get; internal init; }

    /// <summary>The amount that it has spent through your own keys.</summary>
    public decimal? ByokUsage { get; internal init; }

    /// <summary>The amount that it has spent through your own keys today.</summary>
    public decimal? ByokUsageDaily { get; internal init; }

    /// <summary>The amount that it has spent through your own keys this week, starting on Monday.</summary>
    public decimal? ByokUsageWeekly { get; internal init; }

    /// <summary>The amount that it has spent through your own keys this month.</summary>
    public decimal? ByokUsageMonthly { get; internal init; }

    /// <summary>When the API key was created; null if the API does not report it.</summary>
    public DateTimeOffset? CreatedAt { get; internal init; }

    /// <summary>When it was last changed; null when it never was.</summary>
    public DateTimeOffset? UpdatedAt { get; internal init; }

    /// <summary>When it stops working; null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; internal init; }

    /// <summary>The id of the member who created it; null when unknown.</summary>
    public string? CreatorUserId { get; internal init; }

    /// <summary>The name.</summary>
    public override string ToString() => DisplayText.Escape(Name);
}
