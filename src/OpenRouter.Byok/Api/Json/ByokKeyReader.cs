using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace OpenRouter.Byok.Api.Json;

/// <summary>
/// Reads credentials tolerantly: fields may be missing, null or new. Only the id and the provider must be there, since
/// nothing can be done with a credential that has none. A value of the wrong type is an error.
/// </summary>
/// <remarks>
/// Written by hand over <see cref="Utf8JsonReader"/>: the generated reader can neither take null for a field that is
/// not nullable nor share strings, and it allocates a JsonElement for each unknown field.
/// </remarks>
internal sealed class ByokKeyReader
{
    private readonly SharedStrings strings = new();
    private readonly List<string> entries = [];

    /// <summary>Reads <c>{"data":[…],"total_count":n}</c>.</summary>
    /// <exception cref="JsonException">The body is not such a page.</exception>
    public ByokKeyPage ReadPage(ReadOnlyMemory<byte> body)
    {
        var reader = OpenObject(body);
        List<ByokKey>? keys = null;
        int? totalCount = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Next(ref reader, "data"u8)) keys = ReadKeys(ref reader);
            else if (Next(ref reader, "total_count"u8)) totalCount = ReadInt(ref reader);
            else SkipProperty(ref reader);
        }

        Close(ref reader);
        return new ByokKeyPage(keys ?? throw new JsonException("The list has no data."), totalCount);
    }

    /// <summary>Reads <c>{"data":{…}}</c>.</summary>
    /// <exception cref="JsonException">The body is not such an answer.</exception>
    public ByokKey ReadOne(ReadOnlyMemory<byte> body)
    {
        var reader = OpenObject(body);
        ByokKey? key = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Next(ref reader, "data"u8)) key = ReadKey(ref reader);
            else SkipProperty(ref reader);
        }

        Close(ref reader);
        return key ?? throw new JsonException("The answer has no data.");
    }

    private List<ByokKey> ReadKeys(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("The data is not an array.");

        var keys = new List<ByokKey>(100);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) keys.Add(ReadKey(ref reader));
        return keys;
    }

    private ByokKey ReadKey(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A credential is not an object.");

        string? id = null, provider = null, name = null, label = null, workspaceId = null, declaredRegion = null;
        bool disabled = false, isFallback = false, isRequired = false, isByokOnly = false;
        bool? declaredZdr = null;
        AllowList? models = null, hashes = null, users = null;
        var sortOrder = 0;
        DateTimeOffset? createdAt = null;
        Dictionary<string, object?>? others = null;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // By length first: the names would otherwise be compared one after the other, sixteen times a credential.
            var field = NameOf(ref reader);
            switch (field.Length)
            {
                case 2 when Next(ref reader, field, "id"u8): id = ReadText(ref reader); break;
                case 4 when Next(ref reader, field, "name"u8): name = ReadText(ref reader); break;
                case 5 when Next(ref reader, field, "label"u8): label = ReadText(ref reader); break;
                case 8 when Next(ref reader, field, "provider"u8): provider = strings.Get(ref reader); break;
                case 8 when Next(ref reader, field, "disabled"u8): disabled = ReadBool(ref reader) ?? false; break;
                case 10 when Next(ref reader, field, "sort_order"u8): sortOrder = ReadInt(ref reader) ?? 0; break;
                case 10 when Next(ref reader, field, "created_at"u8): createdAt = ReadTime(ref reader); break;
                case 11 when Next(ref reader, field, "is_fallback"u8):
                    isFallback = ReadBool(ref reader) ?? false;
                    break;
                case 11 when Next(ref reader, field, "is_required"u8):
                    isRequired = ReadBool(ref reader) ?? false;
                    break;
                case 12 when Next(ref reader, field, "is_byok_only"u8):
                    isByokOnly = ReadBool(ref reader) ?? false;
                    break;
                case 12 when Next(ref reader, field, "declared_zdr"u8): declaredZdr = ReadBool(ref reader); break;
                case 12 when Next(ref reader, field, "workspace_id"u8): workspaceId = strings.Get(ref reader); break;
                case 14 when Next(ref reader, field, "allowed_models"u8): models = ReadList(ref reader); break;
                case 15 when Next(ref reader, field, "declared_region"u8):
                    declaredRegion = strings.Get(ref reader);
                    break;
                case 16 when Next(ref reader, field, "allowed_user_ids"u8): users = ReadList(ref reader); break;
                case 22 when Next(ref reader, field, "allowed_api_key_hashes"u8): hashes = ReadList(ref reader); break;
                default: JsonValues.ReadProperty(ref reader, others ??= []); break;
            }
        }

        if (string.IsNullOrEmpty(id)) throw new JsonException("A credential has no id.");
        if (string.IsNullOrEmpty(provider)) throw new JsonException("A credential has no provider.");

        return new ByokKey
        {
            Id = id!,
            Provider = provider!,
            Name = name,
            Label = label ?? "",
            WorkspaceId = workspaceId,
            Disabled = disabled,
            IsFallback = isFallback,
            IsRequired = isRequired,
            IsByokOnly = isByokOnly,
            DeclaredZdr = declaredZdr,
            DeclaredRegion = declaredRegion,
            AllowedModels = models,
            AllowedApiKeyHashes = hashes,
            AllowedUserIds = users,
            SortOrder = sortOrder,
            CreatedAt = createdAt,
            AdditionalProperties = others is null ? AdditionalProperties.None : new AdditionalProperties(others),
        };
    }

    private AllowList? ReadList(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("An allow list is not an array.");

        entries.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            entries.Add(strings.Get(ref reader) ?? throw new JsonException("An allow list holds a null."));
        }

        return new AllowList(entries.ToArray());
    }

    private static Utf8JsonReader OpenObject(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The answer is not an object.");
        }

        return reader;
    }

    // Reading on past the last brace makes the reader complain of whatever follows it.
    private static void Close(ref Utf8JsonReader reader) => reader.Read();

    private static void SkipProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static bool Next(ref Utf8JsonReader reader, ReadOnlySpan<byte> field) =>
        reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(field) && reader.Read();

    // What is escaped, which no server does with these names, takes a copy to compare.
    private static ReadOnlySpan<byte> NameOf(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;

    private static bool Next(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ReadOnlySpan<byte> field) =>
        name.SequenceEqual(field) && reader.Read();

    // Text is ASCII as a rule, which converts faster when nothing else has to be looked for.
    private static string? ReadText(ref Utf8JsonReader reader)
    {
#if NET
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && Ascii.IsValid(reader.ValueSpan))
        {
            return Encoding.Latin1.GetString(reader.ValueSpan);
        }
#endif
        return reader.GetString();
    }

    private static bool? ReadBool(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Null => null,
        _ => reader.GetBoolean(),
    };

    private static int? ReadInt(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : reader.GetInt32();

    private static DateTimeOffset? ReadTime(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null : reader.GetDateTimeOffset();
}
