using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace OpenRouter.Byok.Api.Json;

/// <summary>Gives any JSON value as what PowerShell people expect: strings, numbers, arrays, dictionaries.</summary>
internal static class JsonValues
{
    public static AdditionalProperties PropertiesOf(IEnumerable<KeyValuePair<string, JsonElement>> fields)
    {
        var values = new Dictionary<string, object?>();
        foreach (var field in fields)
        {
            // The serializer puts this in place of bytes that are no text: a setting garbled on the way, not a new one.
            if (field.Key.Contains('\uFFFD'))
            {
                throw new JsonException("A name is not UTF-8.");
            }

            // A name that comes twice stands for its last value.
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
        if (element.TryGetInt64(out var whole))
        {
            return whole;
        }

        if (element.TryGetDecimal(out var exact))
        {
            return exact;
        }

        return element.GetDouble();
    }
}
