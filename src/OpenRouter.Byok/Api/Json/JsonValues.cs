using System.Collections.Generic;
using System.Text.Json;

namespace OpenRouter.Byok.Api.Json;

/// <summary>Reads any JSON value as what PowerShell people expect: strings, numbers, arrays, dictionaries.</summary>
internal static class JsonValues
{
    /// <summary>Reads the property that the reader stands on, name and value.</summary>
    public static void ReadProperty(ref Utf8JsonReader reader, Dictionary<string, object?> into)
    {
        var name = reader.GetString()!;
        reader.Read();
        into[name] = Read(ref reader);
    }

    private static object? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: return null;
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.Number: return ReadNumber(ref reader);
            case JsonTokenType.StartArray: return ReadArray(ref reader);
            case JsonTokenType.StartObject: return ReadObject(ref reader);
            default: throw new JsonException("A value was expected.");
        }
    }

    private static object ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole)) return whole;
        if (reader.TryGetDecimal(out var exact)) return exact;
        return reader.GetDouble();
    }

    private static object?[] ReadArray(ref Utf8JsonReader reader)
    {
        var values = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) values.Add(Read(ref reader));
        return values.ToArray();
    }

    private static AdditionalProperties ReadObject(ref Utf8JsonReader reader)
    {
        var values = new Dictionary<string, object?>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadProperty(ref reader, values);
        return new AdditionalProperties(values);
    }
}
