using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Api.Json;

/// <summary>How the answers of the look-ups are read. Fields that are not named are passed over.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DataPage<ProviderEntry>), TypeInfoPropertyName = "Providers")]
[JsonSerializable(typeof(DataPage<ModelEntry>), TypeInfoPropertyName = "Models")]
[JsonSerializable(typeof(DataPage<WorkspaceEntry>), TypeInfoPropertyName = "Workspaces")]
[JsonSerializable(typeof(DataResponse<WorkspaceEntry>), TypeInfoPropertyName = "Workspace")]
[JsonSerializable(typeof(DataPage<ApiKeyEntry>), TypeInfoPropertyName = "ApiKeys")]
[JsonSerializable(typeof(DataResponse<ApiKeyEntry>), TypeInfoPropertyName = "ApiKey")]
[JsonSerializable(typeof(DataPage<MemberEntry>), TypeInfoPropertyName = "Members")]
internal sealed partial class LookupJson : JsonSerializerContext;
