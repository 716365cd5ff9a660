using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Api;

/// <summary>How answers are read. Generated at build time, so import and first use need no reflection.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DeletedAnswer))]
[JsonSerializable(typeof(CurrentKeyAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(ChatAnswer))]
[JsonSerializable(typeof(ActivityAnswer))]
internal sealed partial class ByokJson : JsonSerializerContext;
