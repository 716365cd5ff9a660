using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace OpenRouter.Sandbox.Server;

internal sealed record Answer<T>(T Data);

internal sealed record Page<T>(IReadOnlyList<T> Data, int TotalCount);

internal sealed record ModelPage(IReadOnlyList<Model> Data, int TotalCount, PageLinks Links);

internal sealed record PageLinks(string? Next);

internal sealed record Deletion(bool Deleted);

internal sealed record ErrorResponse(ErrorData Error)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RouterMetadata? OpenrouterMetadata { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UserId { get; init; }
}

internal sealed record ErrorData(
    int Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ErrorMetadata? Metadata);

internal sealed record ErrorMetadata
{
    public required string ErrorType { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ProviderName { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Raw { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsByok { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? AvailableProviders { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? RequestedProviders { get; init; }
}

/// <summary>How answers are written: snake case, nulls told.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Answer<Credential>))]
[JsonSerializable(typeof(Page<Credential>))]
[JsonSerializable(typeof(Deletion))]
[JsonSerializable(typeof(Answer<CurrentKey>))]
[JsonSerializable(typeof(Answer<ApiKey>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<ApiKey>>), TypeInfoPropertyName = "ApiKeys")]
[JsonSerializable(typeof(Answer<Workspace>))]
[JsonSerializable(typeof(Page<Workspace>))]
[JsonSerializable(typeof(Page<Member>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<Provider>>), TypeInfoPropertyName = "Providers")]
[JsonSerializable(typeof(ModelPage))]
[JsonSerializable(typeof(Answer<IReadOnlyList<ActivityItem>>), TypeInfoPropertyName = "Activity")]
[JsonSerializable(typeof(ChatResponse))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class SandboxJson : JsonSerializerContext;
