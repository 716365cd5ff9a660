using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace OpenRouter.Sandbox.Server;

internal sealed record ChatResponse
{
    public required string Id { get; init; }

    public string Object { get; } = "chat.completion";

    public required long Created { get; init; }

    public required string Model { get; init; }

    public required string Provider { get; init; }

    public string? SystemFingerprint { get; init; }

    public required IReadOnlyList<ChatChoice> Choices { get; init; }

    public required ChatUsage Usage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RouterMetadata? OpenrouterMetadata { get; init; }
}

internal sealed record ChatChoice(int Index, string FinishReason, string NativeFinishReason, ChatMessage Message);

internal sealed record ChatMessage(string Role, string Content);

/// <summary>The cost is in credits: on the caller's own key it is OpenRouter's fee alone.</summary>
internal sealed record ChatUsage(
    int PromptTokens, int CompletionTokens, int TotalTokens, decimal Cost, bool IsByok, CostDetails CostDetails);

/// <summary>What the provider charges, in USD.</summary>
internal sealed record CostDetails(
    decimal UpstreamInferenceCost, decimal UpstreamInferencePromptCost, decimal UpstreamInferenceCompletionsCost);

/// <summary>What the router did, for those who ask.</summary>
internal sealed record RouterMetadata
{
    /// <summary>The model as the request named it.</summary>
    public required string Requested { get; init; }

    public string Strategy { get; } = "direct";

    public string? Region { get; init; }

    public required string Summary { get; init; }

    /// <summary>Counted from 1: the attempt that served, or the last one that failed; 0 when there was none.</summary>
    public required int Attempt { get; init; }

    /// <summary>Whether that attempt ran on a credential of the account.</summary>
    public required bool IsByok { get; init; }

    public required RouterEndpoints Endpoints { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RouterAttempt>? Attempts { get; init; }
}

/// <summary>Of all endpoints of the model, those that the request's wishes leave over.</summary>
internal sealed record RouterEndpoints(int Total, IReadOnlyList<RouterEndpoint> Available);

internal sealed record RouterEndpoint(string Provider, string Model, bool Selected);

/// <summary>Tells whose key it ran on, never which.</summary>
internal sealed record RouterAttempt(string Provider, string Model, bool IsByok, int Status);
