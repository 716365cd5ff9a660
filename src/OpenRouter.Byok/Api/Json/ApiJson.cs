using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Api.Json;

/// <summary>How answers are read. Generated at build time, so import and first use need no reflection.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ByokKeyPageResponse))]
[JsonSerializable(typeof(ByokKeyResponse))]
[JsonSerializable(typeof(DeletedResponse))]
[JsonSerializable(typeof(CurrentKeyResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(ChatResponse))]
[JsonSerializable(typeof(ActivityResponse))]
internal sealed partial class ApiJson : JsonSerializerContext;
