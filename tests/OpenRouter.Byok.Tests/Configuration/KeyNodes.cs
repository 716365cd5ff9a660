using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using OpenRouter.Byok.Configuration;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Makes nodes from JSON, with the positions of the text.</summary>
internal static class KeyNodes
{
    public const string FileName = "keys.json";

    /// <summary>The text as the file of a folder, or as objects of PowerShell, whose names have no case.</summary>
    public static ConfigurationNode Parse(string json, string? folder = null, bool isPowerShell = false)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var source = new ConfigurationSource(FileName, offset => Locate(bytes, offset))
        {
            Folder = folder,
            Names = isPowerShell ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal,
        };
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        return Read(ref reader, source);
    }

    /// <summary>What is read from the text; the errors are thrown.</summary>
    public static KeyReference Reference(
        string json, string provider = "anthropic", bool hasResolver = false, string? folder = null)
    {
        var errors = new ConfigurationErrors();
        var reference = new KeyReferenceReader(hasResolver).Read(Parse(json, folder), provider, errors);
        errors.ThrowIfAny();
        return reference ?? throw new InvalidDataException("There is neither a reference nor an error.");
    }

    private static (int Line, int Column) Locate(byte[] bytes, int offset)
    {
        var before = Encoding.UTF8.GetString(bytes, 0, offset);
        return (before.Split('\n').Length, offset - before.LastIndexOf('\n'));
    }

    private static ConfigurationNode Read(ref Utf8JsonReader reader, ConfigurationSource source)
    {
        var position = new SourcePosition(source, (int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var properties = new List<PropertyNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    var at = new SourcePosition(source, (int)reader.TokenStartIndex);
                    reader.Read();
                    properties.Add(new PropertyNode(at, name, Read(ref reader, source)));
                }

                return new ObjectNode(position, properties);
            case JsonTokenType.StartArray:
                var items = new List<ConfigurationNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Read(ref reader, source));
                }

                return new ArrayNode(position, items);
            default:
                return new ValueNode(position, reader.TokenType switch
                {
                    JsonTokenType.String => reader.GetString(),
                    JsonTokenType.Number => new NumberText(Encoding.UTF8.GetString(reader.ValueSpan)),
                    JsonTokenType.True => true,
                    JsonTokenType.False => false,
                    _ => null,
                });
        }
    }
}
