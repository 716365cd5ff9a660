using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using OpenRouter.Byok.Api.Json;
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
                var before = change.Current is { } current ? setting.ValueOf(current) : null;
                SettingJson.Write(json, Canonical(setting, before));
                SettingJson.Write(json, Canonical(setting, value));
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

    // The order of a list does not matter, nor does case in some.
    private static object? Canonical(CredentialSetting setting, object? value)
    {
        if (value is not IReadOnlyList<string> entries)
        {
            return value;
        }

        var isCaseIgnored = setting is ListSetting list && list.Comparer == StringComparer.OrdinalIgnoreCase;
        return entries
            .Select(entry => isCaseIgnored ? entry.ToLowerInvariant() : entry)
            .OrderBy(entry => entry, StringComparer.Ordinal)
            .ToList();
    }
}
