using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenRouter.Byok.Api.Json;

namespace OpenRouter.Byok.Configuration;

/// <summary>Writes credentials as a configuration. The same account results in the same text.</summary>
/// <param name="workspaceOf">What a workspace is called in the text.</param>
/// <param name="entriesOf">The entries of an allow list in the workspace, with names where these are unique.</param>
internal sealed class ConfigurationWriter(
    Func<string, string> workspaceOf, Func<ListSetting, string, IReadOnlyList<string>, IReadOnlyList<string>> entriesOf)
{
    private const string SchemaAddress =
        "https://raw.githubusercontent.com/openrouter-byok/OpenRouter.Byok/main/schema/openrouter-byok.schema.json";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="keys">The credentials. Those that belong to no workspace are left out.</param>
    /// <param name="references">Where their keys come from, as far as that is known.</param>
    /// <param name="scope">Where else no credentials are wanted, as a previous configuration had it.</param>
    public string Write(
        IEnumerable<ByokKey> keys,
        IReadOnlyDictionary<ByokKey, KeyReference> references,
        IReadOnlyList<ScopeEntry> scope)
    {
        var listed = Sorted(keys.Where(key => key.WorkspaceId is not null)).ToList();
        var shared = new HashSet<ByokKey>(listed
            .GroupBy(key => new CredentialIdentity(key.WorkspaceId, key.Provider, key.Name))
            .Where(same => same.Count() > 1)
            .SelectMany(same => same));
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", SchemaAddress);
            json.WriteNumber("version", 1);
            WriteScope(json, scope);
            json.WriteStartArray("credentials");
            foreach (var key in listed)
            {
                var hasOwnName = !string.IsNullOrWhiteSpace(key.Name) && !shared.Contains(key);
                references.TryGetValue(key, out var reference);
                WriteEntry(json, key, hasOwnName, reference);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        // The writer breaks lines as the operating system does.
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length).Replace("\r\n", "\n") + "\n";
    }

    private IEnumerable<ByokKey> Sorted(IEnumerable<ByokKey> keys) => keys
        .OrderBy(key => workspaceOf(key.WorkspaceId!), StringComparer.Ordinal)
        .ThenBy(key => key.Provider, StringComparer.Ordinal)
        .ThenBy(key => key.IsFallback)
        .ThenBy(key => key.SortOrder)
        .ThenBy(key => key.Id, StringComparer.Ordinal);

    private static void WriteScope(Utf8JsonWriter json, IReadOnlyList<ScopeEntry> scope)
    {
        if (scope.Count == 0)
        {
            return;
        }

        json.WriteStartArray("scope");
        foreach (var pair in scope)
        {
            json.WriteStartObject();
            if (pair.Workspace is not null)
            {
                json.WriteString("workspace", pair.Workspace);
            }

            json.WriteString("provider", pair.Provider);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteEntry(Utf8JsonWriter json, ByokKey key, bool hasOwnName, KeyReference? reference)
    {
        json.WriteStartObject();
        json.WriteString("provider", key.Provider);
        json.WriteString("workspace", workspaceOf(key.WorkspaceId!));
        if (!hasOwnName)
        {
            json.WriteString("id", key.Id);
        }

        json.WriteString("name", string.IsNullOrWhiteSpace(key.Name) ? null : key.Name);
        if (reference is not null)
        {
            json.WritePropertyName("key");
            KeyReferenceText.Write(reference, json, isCanonical: false);
        }

        foreach (var setting in SettingProperties.All)
        {
            var value = setting.ValueOf(key);
            // What an empty list means nobody can tell, and a configuration has none.
            if (value is not IReadOnlyList<string> { Count: 0 })
            {
                json.WritePropertyName(SettingProperties.NameOf(setting));
                SettingJson.Write(json, Written(setting, value, key.WorkspaceId!));
            }
        }

        json.WriteEndObject();
    }

    private object? Written(CredentialSetting setting, object? value, string workspaceId) =>
        value is IReadOnlyList<string> entries && setting is ListSetting list
            ? entriesOf(list, workspaceId, entries)
                .Distinct(list.Comparer)
                .OrderBy(entry => entry, StringComparer.Ordinal)
                .ToList()
            : value;
}
