using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace OpenRouter.Sandbox.Server;

/// <summary>A provider credential, as stored and as answered. Of the key it holds the masked label only.</summary>
internal sealed record Credential
{
    public required Guid Id { get; init; }

    public required string Provider { get; init; }

    public string? Name { get; init; }

    public required string Label { get; init; }

    /// <summary>Null is global: every workspace may use it.</summary>
    public Guid? WorkspaceId { get; init; }

    public bool Disabled { get; init; }

    public bool IsFallback { get; init; }

    public bool IsRequired { get; init; }

    public bool IsByokOnly { get; init; }

    public bool? DeclaredZdr { get; init; }

    public string? DeclaredRegion { get; init; }

    public IReadOnlyList<string>? AllowedModels { get; init; }

    public IReadOnlyList<string>? AllowedApiKeyHashes { get; init; }

    public IReadOnlyList<string>? AllowedUserIds { get; init; }

    public int SortOrder { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>How the provider answers requests with this credential: acted on, never answered.</summary>
    [JsonIgnore]
    public SandboxUpstream Upstream { get; init; } = SandboxUpstream.Serves;
}

/// <summary>
/// By provider, then in the order of trial, then by age: also the order of a list that is not shuffled.
/// </summary>
internal sealed class TrialOrder : IComparer<Credential>
{
    public static readonly TrialOrder Instance = new();

    public int Compare(Credential? x, Credential? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var order = string.CompareOrdinal(x.Provider, y.Provider);
        if (order == 0)
        {
            order = x.SortOrder.CompareTo(y.SortOrder);
        }

        if (order == 0)
        {
            order = x.CreatedAt.CompareTo(y.CreatedAt);
        }

        return order == 0 ? x.Id.CompareTo(y.Id) : order;
    }
}
