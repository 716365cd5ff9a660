using System.Collections.Generic;
using System.Security;

namespace OpenRouter.Byok;

/// <summary>What a create or an update sends. An absent field is not sent; a null one is sent as JSON null.</summary>
internal sealed record ByokKeyChanges
{
    public SecureString? Key { get; init; }

    public Optional<string?> Name { get; init; }

    public Optional<IReadOnlyList<string>?> AllowedModels { get; init; }

    public Optional<IReadOnlyList<string>?> AllowedApiKeyHashes { get; init; }

    public Optional<IReadOnlyList<string>?> AllowedUserIds { get; init; }

    public Optional<bool> Disabled { get; init; }

    public Optional<bool> IsFallback { get; init; }

    public Optional<bool> IsRequired { get; init; }

    public Optional<bool> IsByokOnly { get; init; }

    public Optional<bool?> DeclaredZdr { get; init; }

    public Optional<string?> DeclaredRegion { get; init; }

    private static readonly ByokKeyChanges Nothing = new();

    public bool IsEmpty => this == Nothing;

    /// <summary>These changes, and where they are absent the others.</summary>
    public ByokKeyChanges Or(ByokKeyChanges others) => new()
    {
        Key = Key ?? others.Key,
        Name = Name.Or(others.Name),
        AllowedModels = AllowedModels.Or(others.AllowedModels),
        AllowedApiKeyHashes = AllowedApiKeyHashes.Or(others.AllowedApiKeyHashes),
        AllowedUserIds = AllowedUserIds.Or(others.AllowedUserIds),
        Disabled = Disabled.Or(others.Disabled),
        IsFallback = IsFallback.Or(others.IsFallback),
        IsRequired = IsRequired.Or(others.IsRequired),
        IsByokOnly = IsByokOnly.Or(others.IsByokOnly),
        DeclaredZdr = DeclaredZdr.Or(others.DeclaredZdr),
        DeclaredRegion = DeclaredRegion.Or(others.DeclaredRegion),
    };
}

/// <summary>A credential to create. Without a workspace the account's default one is meant.</summary>
internal sealed record NewByokKey(string Provider, SecureString Key, string? WorkspaceId, ByokKeyChanges Settings);
