using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Api.Json;

internal sealed record ActivityResponse([property: JsonPropertyName("data")] IReadOnlyList<ActivityItem?>? Data);

/// <summary>The usage of one endpoint on one UTC day. Amounts are in USD, with all digits of the response.</summary>
internal sealed record ActivityItem(
    [property: JsonPropertyName("date")] string? Date,
    [property: JsonPropertyName("model")] string? Model,
    [property: JsonPropertyName("endpoint_id")] string? EndpointId,
    [property: JsonPropertyName("provider_name")] string? ProviderName,
    [property: JsonPropertyName("workspace_id")] string? WorkspaceId,
    [property: JsonPropertyName("usage")] decimal? Usage,
    [property: JsonPropertyName("byok_usage_inference")] decimal? ByokUsage,
    [property: JsonPropertyName("requests")] long? Requests,
    [property: JsonPropertyName("prompt_tokens")] long? PromptTokens,
    [property: JsonPropertyName("completion_tokens")] long? CompletionTokens,
    [property: JsonPropertyName("reasoning_tokens")] long? ReasoningTokens);
