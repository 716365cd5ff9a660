using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Api.Json;

/// <summary>What is read of a chat completion, be it one or a refusal. What was said does not matter.</summary>
internal sealed record ChatResponse(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("usage")] ChatUsage? Usage,
    [property: JsonPropertyName("choices")] IReadOnlyList<ChatChoice>? Choices,
    [property: JsonPropertyName("error")] ChatError? Error,
    [property: JsonPropertyName("openrouter_metadata")] JsonElement? Metadata);

/// <summary>Cost is what OpenRouter takes, in credits.</summary>
internal sealed record ChatUsage(
    [property: JsonPropertyName("is_byok")] bool? IsByok,
    [property: JsonPropertyName("cost")] decimal? Cost,
    [property: JsonPropertyName("cost_details")] ChatCostDetails? CostDetails);

/// <summary>What the provider charges, in USD.</summary>
internal sealed record ChatCostDetails([property: JsonPropertyName("upstream_inference_cost")] decimal? Upstream);

/// <summary>A provider that breaks off after it began leaves its error here, in an answer of status 200.</summary>
internal sealed record ChatChoice([property: JsonPropertyName("error")] ChatError? Error);

internal sealed record ChatError(
    [property: JsonPropertyName("code")] JsonElement? Code,
    [property: JsonPropertyName("metadata")] ChatErrorMetadata? Metadata);

/// <summary>Present when it was a provider that refused.</summary>
internal sealed record ChatErrorMetadata(
    [property: JsonPropertyName("provider_name")] string? ProviderName,
    [property: JsonPropertyName("is_byok")] bool? IsByok);

/// <summary>
/// What the router did, told on request. Its shape is experimental, so whatever does not fit is left out.
/// </summary>
internal sealed record RouterMetadata(bool? IsByok, IReadOnlyList<RouterAttempt> Attempts)
{
    private static readonly RouterMetadata Nothing = new(null, []);

    public static RouterMetadata Read(JsonElement? metadata)
    {
        if (metadata is not { ValueKind: JsonValueKind.Object } told)
        {
            return Nothing;
        }

        var attempts = told.TryGetProperty("attempts", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(RouterAttempt.Read).ToList()
            : [];
        // With one attempt that is not understood, the others are not counted right either.
        return new RouterMetadata(FlagOf(told), attempts.Contains(null) ? [] : [.. attempts.OfType<RouterAttempt>()]);
    }

    public static bool? FlagOf(JsonElement told) => told.TryGetProperty("is_byok", out var flag)
        ? flag.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }
        : null;
}

/// <summary>
/// One thing that was tried: whether it was a credential of the account, and what the provider answered.
/// </summary>
internal sealed record RouterAttempt(bool? IsByok, int Status)
{
    public static RouterAttempt? Read(JsonElement told) =>
        told.ValueKind == JsonValueKind.Object
        && told.TryGetProperty("status", out var status)
        && status.ValueKind == JsonValueKind.Number
        && status.TryGetInt32(out var number)
            ? new RouterAttempt(RouterMetadata.FlagOf(told), number)
            : null;
}
