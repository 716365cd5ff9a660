using System.Globalization;
using System.Text.Json;
using OpenRouter.Byok.Api.Secrets;

namespace OpenRouter.Byok.Api;

/// <summary>A request of one token that is to run on one credential.</summary>
/// <param name="Key">The credential.</param>
/// <param name="Model">The model to ask.</param>
/// <param name="Cost">What it is expected to cost in USD; null when no price is known.</param>
internal sealed record CredentialTestRequest(ByokKey Key, string Model, decimal? Cost)
{
    /// <summary>What a provider counts for the message, with all that it wraps around it.</summary>
    public const int PromptTokens = 8;

    private const string Message = "Hi";

    /// <summary>Whether the credential exists for the test only, so that the result does not refer to it.</summary>
    public bool IsTemporary { get; init; }

    public void WriteBody(SecretBuffer into)
    {
        using var writer = new Utf8JsonWriter(into);
        writer.WriteStartObject();
        writer.WriteString("model"u8, Model);
        writer.WriteStartArray("messages"u8);
        writer.WriteStartObject();
        writer.WriteString("role"u8, "user"u8);
        writer.WriteString("content"u8, Message);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteNumber("max_tokens"u8, 1);
        writer.WriteStartObject("provider"u8);
        writer.WriteStartArray("only"u8);
        writer.WriteStringValue(Key.Provider);
        writer.WriteEndArray();
        writer.WriteBoolean("allow_fallbacks"u8, false);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The cost as people read it, such as 0.0000018 USD.</summary>
    public static string Amount(decimal cost) => cost.ToString("0.############", CultureInfo.CurrentCulture) + " USD";
}
