using System;
using System.Text.Json;

namespace OpenRouter.Sandbox.Server;

/// <summary>Reads keys that are JSON.</summary>
internal static class KeyJson
{
    /// <returns>Null when the key is not JSON; the caller disposes the document.</returns>
    public static JsonDocument? Parse(string key)
    {
        if (!key.AsSpan().TrimStart().StartsWith('{') && !key.AsSpan().TrimStart().StartsWith('['))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(key);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>Null when there is no such text, or when it is not valid.</returns>
    public static string? Text(JsonElement json, string name)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object
                && json.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                    ? value.GetString()
                    : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair.
            return null;
        }
    }
}
