using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace OpenRouter.Byok.Api.Json;

/// <summary>Converts JSON values to what PowerShell users expect: strings, numbers, arrays, and dictionaries.</summary>
internal static class JsonValues
{
    public static AdditionalProperties PropertiesOf(IEnumerable<KeyValuePair<string, JsonElement>> fields)
    {
        var values = new Dictionary<string, object?>();
        foreach (var field in fields)
        {
            // The serializer replaces invalid UTF-8 with this character: the field is corrupted, not new.
            if (field.Key.Contains('\uFFFD'))
            {
                throw new JsonException("A name is not UTF-8.");
            }

            // If a name occurs twice, the last value applies.
            values[field.Key] = ValueOf(field.Value);
        }

        return new AdditionalProperties(values);
    }

    private static object? ValueOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => NumberOf(element),
        JsonValueKind.Array => element.EnumerateArray().Select(ValueOf).ToArray(),
        JsonValueKind.Object => PropertiesOf(element.EnumerateObject()
            .Select(field => new KeyValuePair<string, JsonElement>(field.Name, field.Value))),
        _ => throw new JsonException("A value was expected."),
    };

    private static object NumberOf(JsonElement element)
    {
        if (element.TryGetInt64(out var integer))
        {
            return integer;
        }

        if (element.TryGetDecimal(out var number))
        {
            return number;
        }

        return element.GetDouble();
    }
}
