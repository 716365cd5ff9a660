using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Reads JSON with comments and trailing commas.</summary>
internal sealed class JsonNodeReader
{
    /// <summary>How many objects and arrays may stand in each other.</summary>
    public const int MaximumDepth = 64;

    // One level more, so that what is nested too deeply is told from what is not JSON.
    private static readonly JsonReaderOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = MaximumDepth + 1,
    };

    // The names that credentials have occur again and again, and are made once.
    private const int MaximumKnownNames = 32;

    private const string UnreadableText = "\uFFFD";

    private readonly ConfigurationSource source;
    private readonly ConfigurationErrors errors;
    private static readonly object True = true;

    private static readonly object False = false;

    private readonly List<string> knownNames = [];

    private JsonNodeReader(ConfigurationSource source, ConfigurationErrors errors)
    {
        this.source = source;
        this.errors = errors;
    }

    /// <returns>The value; null when it is not JSON, which is an error among the others then.</returns>
    public static ConfigurationNode? Read(ConfigurationFile file, ConfigurationErrors errors)
    {
        var json = file.Content.Span;
        if (FindFault(json) is { } fault)
        {
            errors.Add(new SourcePosition(file.Source, fault.Offset), fault.Message, MaximumDepth);
            return null;
        }

        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        return new JsonNodeReader(file.Source, errors).ReadValue(ref reader);
    }

    private static (string Message, int Offset)? FindFault(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                    && reader.CurrentDepth >= MaximumDepth)
                {
                    return (Messages.ConfigurationTooDeep, (int)reader.TokenStartIndex);
                }
            }

            return null;
        }
        catch (JsonException failure)
        {
            // Its message shows a part of the text.
            return (Messages.ConfigurationNotJson, OffsetOf(json, failure.LineNumber ?? 0, failure.BytePositionInLine));
        }
    }

    private static int OffsetOf(ReadOnlySpan<byte> json, long line, long? position)
    {
        var offset = 0;
        for (; line > 0; line--)
        {
            offset += json.Slice(offset).IndexOf((byte)'\n') + 1;
        }

        return offset + (int)(position ?? 0);
    }

    private ConfigurationNode ReadValue(ref Utf8JsonReader reader)
    {
        var position = PositionOf(in reader);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, position),
            JsonTokenType.StartArray => ReadArray(ref reader, position),
            JsonTokenType.String => new ValueNode(position, ReadText(in reader, position) ?? UnreadableText),
            JsonTokenType.Number => new ValueNode(
                position, new NumberText(Encoding.ASCII.GetString(reader.ValueSpan.ToArray()))),
            JsonTokenType.Null => new ValueNode(position, null),
            var kind => new ValueNode(position, kind == JsonTokenType.True ? True : False),
        };
    }

    private ArrayNode ReadArray(ref Utf8JsonReader reader, SourcePosition position)
    {
        var items = new List<ConfigurationNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader));
        }

        return new ArrayNode(position, items);
    }

    private ObjectNode ReadObject(ref Utf8JsonReader reader, SourcePosition position)
    {
        var properties = new PropertyList(source.Names, errors);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var namePosition = PositionOf(in reader);
            var name = ReadName(in reader, namePosition);
            reader.Read();
            var value = ReadValue(ref reader);
            if (name is not null)
            {
                properties.Add(new PropertyNode(namePosition, name, value));
            }
        }

        return new ObjectNode(position, properties.All);
    }

    private SourcePosition PositionOf(in Utf8JsonReader reader) => new(source, (int)reader.TokenStartIndex);

    private string? ReadName(in Utf8JsonReader reader, SourcePosition position)
    {
        if (reader.ValueIsEscaped)
        {
            return ReadText(in reader, position);
        }

        foreach (var known in knownNames)
        {
            if (reader.ValueTextEquals(known))
            {
                return known;
            }
        }

        var name = reader.GetString()!;
        if (knownNames.Count < MaximumKnownNames)
        {
            knownNames.Add(name);
        }

        return name;
    }

    private string? ReadText(in Utf8JsonReader reader, SourcePosition position)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair, which is valid JSON.
            errors.Add(position, Messages.ConfigurationHalfCharacter);
            return null;
        }
    }
}
