using System;
using System.Collections.Generic;
using System.Text.Json;

namespace OpenRouter.Byok.Api.Json;

/// <summary>Writes the values of settings.</summary>
internal static class SettingJson
{
    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case IReadOnlyList<string> list:
                writer.WriteStartArray();
                foreach (var entry in list)
                {
                    writer.WriteStringValue(entry);
                }

                writer.WriteEndArray();
                break;
            default: throw new ArgumentException(value.GetType().Name, nameof(value));
        }
    }
}
