using System.Security;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenRouter.Byok.Api.Secrets;

namespace OpenRouter.Byok.Api.Json;

/// <summary>Writes the JSON of a create or update request to a buffer that is wiped after the request.</summary>
internal static class RequestBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteCreate(NewByokKey key, SecretBuffer buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        writer.WriteString("provider"u8, key.Provider);
        WriteSecret(writer, key.Key);
        if (key.WorkspaceId is not null)
        {
            writer.WriteString("workspace_id"u8, key.WorkspaceId);
        }

        WriteSettings(writer, key.Settings);
        writer.WriteEndObject();
    }

    public static void WriteUpdate(ByokKeyChanges changes, SecretBuffer buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        if (changes.Key is not null)
        {
            WriteSecret(writer, changes.Key);
        }

        WriteSettings(writer, changes);
        writer.WriteEndObject();
    }

    private static void WriteSettings(Utf8JsonWriter writer, ByokKeyChanges changes)
    {
        foreach (var (setting, value) in changes.Settings)
        {
            writer.WritePropertyName(setting.JsonName);
            SettingJson.Write(writer, value);
        }
    }

    // The writer rents arrays for escaping and does not wipe them, so the secret is escaped here.
    private static void WriteSecret(Utf8JsonWriter writer, SecureString secret)
    {
        using var text = new SecretText(secret);
        using var json = new SecretBuffer();
        json.AppendJsonString(text.Characters);
        writer.WritePropertyName("key"u8);
        writer.WriteRawValue(json.Written.Span, skipInputValidation: true);
    }
}
