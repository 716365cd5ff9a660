using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Api.Json;

internal sealed record ActivityResponse([property: JsonPropertyName("data")] IReadOnlyList<ActivityItem?>? Data);

/// <summary>The usage of one endpoint on one UTC day. Amounts are in USD, with all digits of the response.</summary>
internal sealed record ActivityItem(
    [property: JsonPropertyName("date")] string? Date,
    [property: JsonPropertyName("model")] string? Model,
    [property: JsonPropertyName("model_permaslug")] string? ModelPermaslug,
    [property: JsonPropertyName("endpoint_id")] string? EndpointId,
    [property: JsonPropertyName("provider_name")] string? ProviderName,
    [property: JsonPropertyName("workspace_id")] string? WorkspaceId,
    [property: JsonPropertyName("usage")] decimal? Usage,
    [property: JsonPropertyName("byok_usage_inference")] decimal? ByokUsage,
    [property: JsonPropertyName("requests")] long? Requests,
    [property: JsonPropertyName("prompt_tokens")] long? PromptTokens,
    [property: JsonPropertyName("completion_tokens")] long? CompletionTokens,
    [property: JsonPropertyName("reasoning_tokens")] long? ReasoningTokens)
{
    /// <summary>
    /// What OpenRouter charges in credits for a request on an own key, as a share of the provider's price.
    /// </summary>
    private const decimal Fee = 0.05m;

    private const int LengthOfDay = 10;

    /// <summary>The UTC day, which may be written with a time; null when it cannot be read.</summary>
    [JsonIgnore]
    public DateTime? Day =>
        Date is { Length: >= LengthOfDay } text
        && DateTime.TryParseExact(
            text.Substring(0, LengthOfDay), "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
            ? day
            : null;

    /// <summary>What the provider bills for requests on own keys.</summary>
    [JsonIgnore]
    public decimal OwnSpend => ByokUsage ?? 0;

    /// <summary>All credits, the fee for requests on own keys included.</summary>
    [JsonIgnore]
    public decimal Credits => Usage ?? 0;

    /// <summary>
    /// The credits that were spent on shared capacity: those beyond the fee. The API does not tell them apart.
    /// </summary>
    [JsonIgnore]
    public decimal SharedSpend => Math.Max(Credits - (OwnSpend * Fee), 0);
}
