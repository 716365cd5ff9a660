using System;
using System.Globalization;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>
/// The usage and spending of a day, model, provider, workspace, API key, or member, or in total. All amounts are in
/// USD.
/// </summary>
public sealed class ByokUsage
{
    /// <summary>How the usage is grouped.</summary>
    public ByokUsageGrouping GroupBy { get; internal init; }

    /// <summary>The UTC day, when grouped by day.</summary>
    public DateTime? Date { get; internal init; }

    /// <summary>The model, when grouped by model.</summary>
    public string? Model { get; internal init; }

    /// <summary>The name of the provider as OpenRouter writes it, such as OpenAI, when grouped by provider.</summary>
    public string? Provider { get; internal init; }

    /// <summary>The id of the workspace, when grouped by workspace.</summary>
    public string? WorkspaceId { get; internal init; }

    /// <summary>
    /// The name of the API key, when grouped by API key. For usage that no current API key accounts for, it is (no
    /// current API key).
    /// </summary>
    public string? ApiKey { get; internal init; }

    /// <summary>The hash of the API key, when grouped by API key; null for usage of no current API key.</summary>
    public string? ApiKeyHash { get; internal init; }

    /// <summary>
    /// The email address of the member, when grouped by user. For usage that no current member accounts for, it is (no
    /// current member).
    /// </summary>
    public string? User { get; internal init; }

    /// <summary>The id of the member, when grouped by user; null for usage of no current member.</summary>
    public string? UserId { get; internal init; }

    /// <summary>The number of requests, on your own keys and on shared capacity.</summary>
    public long Requests { get; internal init; }

    /// <summary>The tokens of the prompts.</summary>
    public long PromptTokens { get; internal init; }

    /// <summary>The tokens of the responses, including reasoning tokens.</summary>
    public long CompletionTokens { get; internal init; }

    /// <summary>The reasoning tokens, which are part of the responses.</summary>
    public long ReasoningTokens { get; internal init; }

    /// <summary>
    /// The amount that the providers bill for requests on your own keys, in USD at OpenRouter's prices.
    /// </summary>
    public decimal OwnSpend { get; internal init; }

    /// <summary>The OpenRouter credits spent, in USD: for shared capacity, and as the fee for your own keys.</summary>
    public decimal CreditsSpent { get; internal init; }

    /// <summary>
    /// The share of requests on your own keys, from 0 to 1. This is an estimate, because the API does not count them.
    /// Null if there are no requests.
    /// </summary>
    public decimal? OwnShare { get; internal init; }

    /// <summary>The first UTC day of the report that this is part of.</summary>
    public DateTime From => Report.From;

    /// <summary>The last UTC day of the report.</summary>
    public DateTime To => Report.To;

    internal ByokUsageReport Report { get; init; } = ByokUsageReport.Nothing;

    /// <summary>What it is about, and what was spent.</summary>
    public override string ToString()
    {
        var what = Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            ?? Model ?? Provider ?? WorkspaceId ?? ApiKey ?? User ?? "Total";
        return DisplayText.Escape(
            FormattableString.Invariant($"{what}: {OwnSpend} USD on own keys, {CreditsSpent} USD in credits"));
    }
}

/// <summary>How usage is grouped.</summary>
public enum ByokUsageGrouping
{
    /// <summary>By UTC day.</summary>
    Day,

    /// <summary>By model.</summary>
    Model,

    /// <summary>By provider.</summary>
    Provider,

    /// <summary>By workspace.</summary>
    Workspace,

    /// <summary>By API key, with one request for each of the account.</summary>
    ApiKey,

    /// <summary>By member of the organization, with one request for each.</summary>
    User,

    /// <summary>A single total.</summary>
    Total,
}

/// <summary>What the lines of one report have in common.</summary>
internal sealed record ByokUsageReport(
    DateTime From, DateTime To, decimal OwnSpend, decimal CreditsSpent, decimal LargestOwnSpend)
{
    public static readonly ByokUsageReport Nothing = new(default, default, 0, 0, 0);
}
