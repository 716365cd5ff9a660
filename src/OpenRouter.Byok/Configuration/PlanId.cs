using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using OpenRouter.Byok.Api.Secrets;

namespace OpenRouter.Byok.Configuration;

/// <summary>
/// A hash of the work of a plan. The order of the entries is not part of it, except where it decides in which order the
/// credentials of a provider are created.
/// </summary>
internal static class PlanId
{
    private const int Length = 32;

    public static string Of(IEnumerable<ByokConfigurationChange> changes)
    {
        var work = changes.Where(change => change.IsWork).Select(TextOf).OrderBy(text => text, StringComparer.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(string.Join("\n", work));
        return HashText.Of(new ArraySegment<byte>(bytes)).Substring(0, Length);
    }

    private static string TextOf(ByokConfigurationChange change)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("action", change.Action.ToString());
            json.WriteString("workspace", change.WorkspaceId?.ToLowerInvariant());
            json.WriteString("provider", change.Provider.ToLowerInvariant());
            json.WriteString("id", change.KeyId?.ToLowerInvariant());
            json.WriteString("order", change.CreateOrder.ToString(CultureInfo.InvariantCulture));
            foreach (var (setting, value) in change.Settings.Settings)
            {
                json.WriteStartArray(setting.JsonName);
                Write(json, setting, change.Current is { } current ? setting.ValueOf(current) : null);
                Write(json, setting, value);
                json.WriteEndArray();
            }

            if (change.WritesKey && change.Entry?.Key is { } key)
            {
                json.WritePropertyName("key");
                KeyReferenceText.Write(key, json, isCanonical: true);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void Write(Utf8JsonWriter json, CredentialSetting setting, object? value)
    {
        switch (value)
        {
            case IReadOnlyList<string> entries:
                json.WriteStartArray();
                var isCaseIgnored = setting is ListSetting list && list.Comparer == StringComparer.OrdinalIgnoreCase;
                foreach (var entry in entries
                    .Select(entry => isCaseIgnored ? entry.ToLowerInvariant() : entry)
                    .OrderBy(entry => entry, StringComparer.Ordinal))
                {
                    json.WriteStringValue(entry);
                }

                json.WriteEndArray();
                break;
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            default:
                json.WriteStringValue($"{value}");
                break;
        }
    }
}
