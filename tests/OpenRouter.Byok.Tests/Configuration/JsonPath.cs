using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Finds what stands at a place in JSON.</summary>
internal static class JsonPath
{
    /// <summary>The JSON Pointer of the value or the property that starts there; null when none does.</summary>
    /// <param name="json">The JSON, which may have comments and trailing commas.</param>
    /// <param name="offset">The number of characters before it.</param>
    public static string? At(string json, int offset)
    {
        var start = Encoding.UTF8.GetByteCount(json.AsSpan(0, offset));
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        });
        var parents = new Stack<(string Path, int? Index)>();
        var path = "";
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                parents.Pop();
                continue;
            }

            path = PathOf(reader, parents, path);
            if (reader.TokenStartIndex == start)
            {
                return path;
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                parents.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : null));
            }
        }

        return null;
    }

    // A value that follows the name of its property has the path of the property.
    private static string PathOf(Utf8JsonReader reader, Stack<(string Path, int? Index)> parents, string path)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!.Replace("~", "~0").Replace("/", "~1");
            return $"{parents.Peek().Path}/{name}";
        }

        if (parents.Count == 0 || parents.Peek().Index is not { } index)
        {
            return path;
        }

        var array = parents.Pop().Path;
        parents.Push((array, index + 1));
        return $"{array}/{index}";
    }

    /// <summary>The pointer of the object or array that contains it.</summary>
    public static string Parent(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
}
