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

    private static readonly JsonReaderOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = MaximumDepth,
    };

    private const int RecentTexts = 256;

    private const int MaximumRecentLength = 64;

    private const string UnreadableText = "\uFFFD";

    private readonly ConfigurationFile file;
    private readonly ConfigurationErrors errors;
    private readonly ObjectBuilder objects;

    // Names of properties, and values such as providers, occur again and again. Each is made once, as long as no other
    // text with the same hash follows.
    private readonly string?[] recentTexts = new string?[RecentTexts];

    // Those of the objects that are being read, which stand in each other.
    private readonly List<PropertyNode> openProperties = [];

    private JsonNodeReader(ConfigurationFile file, ConfigurationErrors errors)
    {
        this.file = file;
        this.errors = errors;
        objects = new ObjectBuilder(file.Source, errors);
    }

    /// <returns>The value; null when it is not JSON, which is an error among the others then.</returns>
    public static ConfigurationNode? Read(ConfigurationFile file, ConfigurationErrors errors)
    {
        var json = file.Content.Span;
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            var value = new JsonNodeReader(file, errors).ReadValue(ref reader, start: 0);
            // Nothing but comments may follow.
            reader.Read();
            return value;
        }
        catch (JsonException)
        {
            var (message, offset) = FindFault(json);
            errors.Add(new SourcePosition(file.Source, offset), message, MaximumDepth);
            return null;
        }
    }

    private static (string Message, int Offset) FindFault(ReadOnlySpan<byte> json)
    {
        // One level more, so that what is nested too deeply is told from what is not JSON.
        var reader = new Utf8JsonReader(json, Options with { MaxDepth = MaximumDepth + 1 });
        try
        {
            while (reader.Read() && !IsTooDeep(in reader))
            {
            }

            return (Messages.ConfigurationTooDeep, (int)reader.TokenStartIndex);
        }
        catch (JsonException failure)
        {
            // Its message shows a part of the text.
            return (Messages.ConfigurationNotJson, OffsetOf(json, failure.LineNumber ?? 0, failure.BytePositionInLine));
        }
    }

    private static bool IsTooDeep(in Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
        && reader.CurrentDepth >= MaximumDepth;

    private static int OffsetOf(ReadOnlySpan<byte> json, long line, long? position)
    {
        var offset = 0;
        for (; line > 0; line--)
        {
            offset += json.Slice(offset).IndexOf((byte)'\n') + 1;
        }

        return offset + (int)(position ?? 0);
    }

    /// <param name="reader">Reads the JSON, or a part of it.</param>
    /// <param name="start">Where that part begins.</param>
    private ConfigurationNode ReadValue(ref Utf8JsonReader reader, int start)
    {
        var position = PositionOf(in reader, start);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, start, position),
            JsonTokenType.StartArray when IsOfDocument(in reader, start) => SkipArray(ref reader, position),
            JsonTokenType.StartArray => ReadArray(ref reader, start, position),
            JsonTokenType.String => new ValueNode(position, ReadText(in reader, position) ?? UnreadableText),
            JsonTokenType.Number => new ValueNode(
                position, new NumberText(Encoding.ASCII.GetString(reader.ValueSpan.ToArray()))),
            JsonTokenType.Null => new ValueNode(position, null),
            var kind => new ValueNode(position, BooleanBox.Of(kind == JsonTokenType.True)),
        };
    }

    // Only the document begins at the beginning.
    private static bool IsOfDocument(in Utf8JsonReader reader, int start) => start == 0 && reader.CurrentDepth == 1;

    // The arrays of a configuration may be long, and only one item at a time is needed.
    private ArrayNode SkipArray(ref Utf8JsonReader reader, SourcePosition position)
    {
        reader.Skip();
        return new ArrayNode(position, ReadItems(position.Offset));
    }

    private IEnumerable<ConfigurationNode> ReadItems(int start)
    {
        var state = new JsonReaderState(Options);
        while (ReadItem(ref start, ref state) is { } item)
        {
            yield return item;
        }
    }

    private ConfigurationNode? ReadItem(ref int start, ref JsonReaderState state)
    {
        var reader = new Utf8JsonReader(file.Content.Span.Slice(start), isFinalBlock: true, state);
        reader.Read();
        if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
        }

        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return null;
        }

        var item = ReadValue(ref reader, start);
        start += (int)reader.BytesConsumed;
        state = reader.CurrentState;
        return item;
    }

    private ArrayNode ReadArray(ref Utf8JsonReader reader, int start, SourcePosition position)
    {
        var items = new List<ConfigurationNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader, start));
        }

        return new ArrayNode(position, items);
    }

    private ObjectNode ReadObject(ref Utf8JsonReader reader, int start, SourcePosition position)
    {
        var first = openProperties.Count;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var namePosition = PositionOf(in reader, start);
            var name = ReadText(in reader, namePosition);
            reader.Read();
            var value = ReadValue(ref reader, start);
            if (name is not null)
            {
                openProperties.Add(new PropertyNode(namePosition, name, value));
            }
        }

        var properties = new PropertyNode[openProperties.Count - first];
        openProperties.CopyTo(first, properties, 0, properties.Length);
        openProperties.RemoveRange(first, properties.Length);
        return objects.Build(position, properties);
    }

    private SourcePosition PositionOf(in Utf8JsonReader reader, int start) =>
        new(file.Source, start + (int)reader.TokenStartIndex);

    private string? ReadText(in Utf8JsonReader reader, SourcePosition position)
    {
        try
        {
            return reader.ValueIsEscaped || reader.ValueSpan.Length > MaximumRecentLength
                ? reader.GetString()
                : ReadRecentText(in reader);
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair, which is valid JSON.
            errors.Add(position, Messages.ConfigurationHalfCharacter);
            return null;
        }
    }

    private string ReadRecentText(in Utf8JsonReader reader)
    {
        var hash = 0u;
        foreach (var unit in reader.ValueSpan)
        {
            hash = unchecked((hash * 31) + unit);
        }

        ref var recent = ref recentTexts[hash % RecentTexts];
        if (recent is null || !reader.ValueTextEquals(recent))
        {
            recent = reader.GetString()!;
        }

        return recent;
    }
}
