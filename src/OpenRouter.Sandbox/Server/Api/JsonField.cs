using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http.Headers;
using System.Text.Json;

namespace OpenRouter.Sandbox.Server;

/// <summary>One field of a body, read as the type that the contract gives it or refused.</summary>
internal readonly record struct JsonField(string Name, JsonElement Value)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The body as an object; the caller disposes the document.</summary>
    public static JsonDocument ReadObject(ApiRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.Http.ContentType, out var type)
            || !string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.BadRequest("Content-Type must be application/json");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(request.Body, Strict);
        }
        catch (JsonException)
        {
            throw ApiException.BadRequest("Request body is not valid JSON");
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw ApiException.BadRequest("Request body must be a JSON object");
    }

    public static JsonField Required(JsonElement body, string name) => body.TryGetProperty(name, out var value)
        ? new JsonField(name, value)
        : throw ApiException.BadRequest($"{name} is required");

    public static JsonField? Optional(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) ? new JsonField(name, value) : null;

    /// <summary>For bodies in which null means the same as absent.</summary>
    public static JsonField? NotNull(JsonElement body, string name) =>
        Optional(body, name) is { Value.ValueKind: not JsonValueKind.Null } field ? field : null;

    public bool Flag() => Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Expected("a boolean"),
    };

    public int PositiveInteger() =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var number) && number >= 1
            ? number
            : throw Expected("a positive integer");

    public bool? FlagOrNull() => Value.ValueKind == JsonValueKind.Null ? null : Flag();

    public string Text(int least = 0, int most = int.MaxValue)
    {
        if (Value.ValueKind != JsonValueKind.String)
        {
            throw Expected("a string");
        }

        string text;
        try
        {
            text = Value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair, or bytes that are not UTF-8.
            throw Expected("valid text");
        }

        if (text.Length < least)
        {
            throw ApiException.BadRequest($"{Name} must not be empty");
        }

        return text.Length <= most ? text : throw ApiException.BadRequest($"{Name} must be at most {most} characters");
    }

    public string? TextOrNull(int most = int.MaxValue) =>
        Value.ValueKind == JsonValueKind.Null ? null : Text(most: most);

    public IReadOnlyList<string>? TextsOrNull(int most)
    {
        if (Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (Value.ValueKind != JsonValueKind.Array)
        {
            throw Expected("an array of strings");
        }

        if (Value.GetArrayLength() > most)
        {
            throw ApiException.BadRequest($"{Name} must contain at most {most} entries");
        }

        var name = Name;
        return [.. Value.EnumerateArray().Select((item, index) => new JsonField($"{name}[{index}]", item).Text())];
    }

    private ApiException Expected(string type) => ApiException.BadRequest($"{Name} must be {type}");
}
