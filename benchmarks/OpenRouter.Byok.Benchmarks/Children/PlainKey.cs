using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace OpenRouter.Byok.Benchmarks.Children;

/// <summary>A credential as a plain class, as any other client of the API would write it.</summary>
internal sealed class PlainKey
{
    public string Id { get; set; } = "";

    public string Provider { get; set; } = "";

    public string? Name { get; set; }

    public string Label { get; set; } = "";

    public string? WorkspaceId { get; set; }

    public bool Disabled { get; set; }

    public bool IsFallback { get; set; }

    public bool IsRequired { get; set; }

    public bool IsByokOnly { get; set; }

    public bool? DeclaredZdr { get; set; }

    public string? DeclaredRegion { get; set; }

    public IReadOnlyList<string>? AllowedModels { get; set; }

    public IReadOnlyList<string>? AllowedApiKeyHashes { get; set; }

    public IReadOnlyList<string>? AllowedUserIds { get; set; }

    public int SortOrder { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }
}

internal sealed record PlainPage(IReadOnlyList<PlainKey> Data, int TotalCount);

internal sealed record PlainAnswer(PlainKey Data);

internal sealed record PlainCreate(string Provider, string Key, string Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PlainPage))]
[JsonSerializable(typeof(PlainAnswer))]
[JsonSerializable(typeof(PlainCreate))]
internal sealed partial class PlainJson : JsonSerializerContext;
