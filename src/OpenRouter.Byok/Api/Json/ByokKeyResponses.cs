using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Api.Json;

/// <summary>A page of credentials: <c>{"data":[…],"total_count":n}</c>.</summary>
internal sealed record ByokKeyPageResponse
{
    [JsonPropertyName("data")]
    public List<ByokKeyEntry?>? Data { get; set; }

    [JsonPropertyName("total_count")]
    public int? TotalCount { get; set; }

    /// <exception cref="JsonException">The body is not such a page.</exception>
    public static (IReadOnlyList<ByokKey> Keys, int? TotalCount) Read(ReadOnlyMemory<byte> body)
    {
        var response = JsonSerializer.Deserialize(body.Span, ApiJson.Default.ByokKeyPageResponse);
        var entries = response?.Data ?? throw new JsonException("The list has no data.");
        var keys = new ByokKey[entries.Count];
        for (var index = 0; index < keys.Length; index++)
        {
            keys[index] = ByokKeyEntry.ToKey(entries[index], index == 0 ? null : keys[index - 1]);
        }

        return (keys, response.TotalCount);
    }
}

/// <summary>A response about one credential: <c>{"data":{…}}</c>.</summary>
internal sealed record ByokKeyResponse
{
    [JsonPropertyName("data")]
    public ByokKeyEntry? Data { get; set; }

    /// <exception cref="JsonException">The body is not such a response.</exception>
    public static ByokKey Read(ReadOnlyMemory<byte> body) =>
        ByokKeyEntry.ToKey(JsonSerializer.Deserialize(body.Span, ApiJson.Default.ByokKeyResponse)?.Data);
}

/// <summary>
/// A credential in a response. Every field except the id and the provider may be missing or null. A value of the
/// wrong type is an error.
/// </summary>
/// <remarks>
/// The properties have setters, because the serializer collects the values of init-only properties in an array.
/// </remarks>
internal sealed record ByokKeyEntry
{
    [JsonPropertyName("id")]
    public string? Id { get; set; }

    [JsonPropertyName("provider")]
    public string? Provider { get; set; }

    [JsonPropertyName("name")]
    public string? Name { get; set; }

    [JsonPropertyName("label")]
    public string? Label { get; set; }

    [JsonPropertyName("workspace_id")]
    public string? WorkspaceId { get; set; }

    [JsonPropertyName("disabled")]
    public bool? Disabled { get; set; }

    [JsonPropertyName("is_fallback")]
    public bool? IsFallback { get; set; }

    [JsonPropertyName("is_required")]
    public bool? IsRequired { get; set; }

    [JsonPropertyName("is_byok_only")]
    public bool? IsByokOnly { get; set; }

    [JsonPropertyName("declared_zdr")]
    public bool? DeclaredZdr { get; set; }

    [JsonPropertyName("declared_region")]
    public string? DeclaredRegion { get; set; }

    [JsonPropertyName("allowed_models")]
    public string?[]? AllowedModels { get; set; }

    [JsonPropertyName("allowed_api_key_hashes")]
    public string?[]? AllowedApiKeyHashes { get; set; }

    [JsonPropertyName("allowed_user_ids")]
    public string?[]? AllowedUserIds { get; set; }

    [JsonPropertyName("sort_order")]
    public int? SortOrder { get; set; }

    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>The fields that are unknown to this version of the module.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? AdditionalFields { get; set; }

    /// <param name="entry">The entry.</param>
    /// <param name="previous">The credential before it, with which it shares texts that are the same.</param>
    /// <exception cref="JsonException">The entry is not a credential.</exception>
    public static ByokKey ToKey(ByokKeyEntry? entry, ByokKey? previous = null)
    {
        if (entry is null)
        {
            throw new JsonException("A credential is missing.");
        }

        if (string.IsNullOrEmpty(entry.Id))
        {
            throw new JsonException("A credential has no id.");
        }

        if (string.IsNullOrEmpty(entry.Provider))
        {
            throw new JsonException("A credential has no provider.");
        }

        return new ByokKey
        {
            Id = entry.Id!,
            Provider = Shared(entry.Provider, previous?.Provider)!,
            Name = entry.Name,
            Label = entry.Label ?? "",
            WorkspaceId = Shared(entry.WorkspaceId, previous?.WorkspaceId),
            Disabled = entry.Disabled ?? false,
            IsFallback = entry.IsFallback ?? false,
            IsRequired = entry.IsRequired ?? false,
            IsByokOnly = entry.IsByokOnly ?? false,
            DeclaredZdr = entry.DeclaredZdr,
            DeclaredRegion = entry.DeclaredRegion,
            AllowedModels = ListOf(entry.AllowedModels),
            AllowedApiKeyHashes = ListOf(entry.AllowedApiKeyHashes),
            AllowedUserIds = ListOf(entry.AllowedUserIds),
            SortOrder = entry.SortOrder ?? 0,
            CreatedAt = entry.CreatedAt,
            AdditionalProperties = entry.AdditionalFields is { } fields
                ? JsonValues.PropertiesOf(fields)
                : AdditionalProperties.None,
        };
    }

    // Thousands of credentials may be kept, most of which are in the same workspace.
    private static string? Shared(string? text, string? previous) => text == previous ? previous : text;

    private static AllowList? ListOf(string?[]? entries)
    {
        if (entries is null)
        {
            return null;
        }

        if (Array.IndexOf(entries, null) >= 0)
        {
            throw new JsonException("An allow list holds a null.");
        }

        return new AllowList(entries!);
    }
}
