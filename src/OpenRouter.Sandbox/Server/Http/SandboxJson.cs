using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace OpenRouter.Sandbox.Server;

internal sealed record DataResponse<T>(T Data);

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

/// <summary>How responses are written: in snake case, with nulls.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DataResponse<Credential>))]
[JsonSerializable(typeof(Page<Credential>))]
[JsonSerializable(typeof(Deletion))]
[JsonSerializable(typeof(DataResponse<CurrentKey>))]
[JsonSerializable(typeof(DataResponse<ApiKey>))]
[JsonSerializable(typeof(DataResponse<IReadOnlyList<ApiKey>>), TypeInfoPropertyName = "ApiKeys")]
[JsonSerializable(typeof(DataResponse<Workspace>))]
[JsonSerializable(typeof(Page<Workspace>))]
[JsonSerializable(typeof(Page<Member>))]
[JsonSerializable(typeof(DataResponse<IReadOnlyList<Provider>>), TypeInfoPropertyName = "Providers")]
[JsonSerializable(typeof(ModelPage))]
[JsonSerializable(typeof(DataResponse<IReadOnlyList<ActivityItem>>), TypeInfoPropertyName = "Activity")]
[JsonSerializable(typeof(ChatResponse))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class SandboxJson : JsonSerializerContext;
