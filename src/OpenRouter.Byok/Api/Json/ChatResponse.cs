using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Api.Json;

/// <summary>The response to a chat completion request, successful or not. The generated text is not read.</summary>
internal sealed record ChatResponse(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("usage")] ChatUsage? Usage,
    [property: JsonPropertyName("choices")] IReadOnlyList<ChatChoice>? Choices,
    [property: JsonPropertyName("error")] ChatError? Error,
    [property: JsonPropertyName("openrouter_metadata")] JsonElement? Metadata);

/// <summary>Cost is what OpenRouter charges, in credits.</summary>
internal sealed record ChatUsage(
    [property: JsonPropertyName("is_byok")] bool? IsByok,
    [property: JsonPropertyName("cost")] decimal? Cost,
    [property: JsonPropertyName("cost_details")] ChatCostDetails? CostDetails);

/// <summary>What the provider charges, in USD.</summary>
internal sealed record ChatCostDetails([property: JsonPropertyName("upstream_inference_cost")] decimal? Upstream);

/// <summary>If a provider fails after it has started, its error is here, in a response with status 200.</summary>
internal sealed record ChatChoice([property: JsonPropertyName("error")] ChatError? Error);

internal sealed record ChatError(
    [property: JsonPropertyName("code")] JsonElement? Code,
    [property: JsonPropertyName("metadata")] ChatErrorMetadata? Metadata);

/// <summary>Present if the error is that of a provider.</summary>
internal sealed record ChatErrorMetadata(
    [property: JsonPropertyName("provider_name")] string? ProviderName,
    [property: JsonPropertyName("is_byok")] bool? IsByok);

/// <summary>
/// What the router did, reported on request. Its format is experimental, so values that do not fit are omitted.
/// </summary>
internal sealed record RouterMetadata(bool? IsByok, IReadOnlyList<RouterAttempt> Attempts)
{
    private static readonly RouterMetadata Empty = new(null, []);

    public static RouterMetadata Read(JsonElement? metadata)
    {
        if (metadata is not { ValueKind: JsonValueKind.Object } element)
        {
            return Empty;
        }

        var attempts = element.TryGetProperty("attempts", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(RouterAttempt.Read).ToList()
            : [];
        // If one attempt cannot be read, the number of the others says nothing.
        return new RouterMetadata(
            IsByokOf(element), attempts.Contains(null) ? [] : [.. attempts.OfType<RouterAttempt>()]);
    }

    public static bool? IsByokOf(JsonElement element) => element.TryGetProperty("is_byok", out var flag)
        ? flag.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }
        : null;
}

/// <summary>
/// One attempt: whether it used a credential of the account, and the status that the provider returned.
/// </summary>
internal sealed record RouterAttempt(bool? IsByok, int Status)
{
    public static RouterAttempt? Read(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("status", out var status)
        && status.ValueKind == JsonValueKind.Number
        && status.TryGetInt32(out var number)
            ? new RouterAttempt(RouterMetadata.IsByokOf(element), number)
            : null;
}
