using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Api.Json;

/// <summary>
/// The JSON metadata of the responses. It is generated at build time, so that import and first use need no reflection.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ByokKeyPageResponse))]
[JsonSerializable(typeof(ByokKeyResponse))]
[JsonSerializable(typeof(DeletedResponse))]
[JsonSerializable(typeof(CurrentKeyResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(ChatResponse))]
[JsonSerializable(typeof(ActivityResponse))]
internal sealed partial class ApiJson : JsonSerializerContext;
