using System;
using System.Text.Json;

namespace OpenRouter.Byok.KeyFormats;

/// <summary>Looks at JSON without making text of it: a secret may be part of it.</summary>
internal static class JsonShape
{
    /// <summary>What the JSON begins with; null when it is not valid.</summary>
    public static JsonTokenType? KindOf(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            var kind = reader.TokenType;
            while (reader.Read())
            {
            }

            return kind;
        }
        catch (JsonException)
        {
            // Its message shows a part of the text.
            return null;
        }
    }

    /// <summary>Whether the object, which is valid, has a field with text that is not empty.</summary>
    public static bool HasText(ReadOnlySpan<byte> json, string field)
    {
        var found = false;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isField = reader.ValueTextEquals(field);
            reader.Read();
            if (isField)
            {
                found = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > 0;
            }

            reader.Skip();
        }

        return found;
    }
}
