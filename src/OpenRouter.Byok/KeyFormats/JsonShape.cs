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
    public static bool HasText(ReadOnlySpan<byte> json, string field) =>
        FindText(json, field, out var text) && text.ValueSpan.Length > 0;

    /// <summary>Whether the object, which is valid, has a field with just this text.</summary>
    public static bool HasText(ReadOnlySpan<byte> json, string field, string expected) =>
        FindText(json, field, out var text) && IsText(text, expected);

    /// <summary>Whether the name or text that the reader has reached is this one.</summary>
    public static bool IsText(Utf8JsonReader reader, string expected)
    {
        try
        {
            return reader.ValueTextEquals(expected);
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair, which is valid JSON.
            return false;
        }
    }

    // The last field counts, as it does to those who read the object.
    private static bool FindText(ReadOnlySpan<byte> json, string field, out Utf8JsonReader text)
    {
        text = default;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isField = IsText(reader, field);
            reader.Read();
            if (isField)
            {
                text = reader;
            }

            reader.Skip();
        }

        return text.TokenType == JsonTokenType.String;
    }
}
