using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>
/// A provider credential ("bring your own key") of an OpenRouter account. It never holds the key itself.
/// </summary>
/// <remarks>
/// The properties are the API's, in PascalCase: https://openrouter.ai/docs/api-reference/byok. Fields that this version
/// of the module does not know are kept in <see cref="AdditionalProperties"/>. Two objects with the same id are equal,
/// and one without an id, which is only planned, equals itself alone. Credentials sort by provider, and within it in
/// the order in which they are tried.
/// </remarks>
public sealed class ByokKey : IEquatable<ByokKey>, IComparable<ByokKey>, IComparable
{
    /// <summary>Creates a credential without any data.</summary>
    public ByokKey()
    {
    }

    /// <summary>Creates a credential that has these settings; an absent one has its default.</summary>
    internal ByokKey(ByokKeyChanges settings)
    {
        Name = settings.Get(CredentialSettings.Name).Value;
        Disabled = settings.Get(CredentialSettings.Disabled).Value;
        IsFallback = settings.Get(CredentialSettings.IsFallback).Value;
        IsRequired = settings.Get(CredentialSettings.IsRequired).Value;
        IsByokOnly = settings.Get(CredentialSettings.IsByokOnly).Value;
        DeclaredZdr = settings.Get(CredentialSettings.DeclaredZdr).Value;
        DeclaredRegion = settings.Get(CredentialSettings.DeclaredRegion).Value;
        AllowedModels = ListOf(CredentialSettings.AllowedModels);
        AllowedApiKeyHashes = ListOf(CredentialSettings.AllowedApiKeyHashes);
        AllowedUserIds = ListOf(CredentialSettings.AllowedUserIds);

        AllowList? ListOf(ListSetting setting) =>
            settings.Get(setting).Value is { } entries ? new AllowList([.. entries]) : null;
    }

    /// <summary>The stable public id, a UUID.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>The slug of the provider, such as openai. An open set; a slug may hold a slash.</summary>
    public string Provider { get; internal init; } = "";

    /// <summary>The name of the credential, up to 255 characters; null if it has none.</summary>
    public string? Name { get; internal init; }

    /// <summary>The masked snippet of the key, such as sk-...AbCd.</summary>
    public string Label { get; internal init; } = "";

    /// <summary>The workspace it belongs to; null when it is global, which means every workspace.</summary>
    public string? WorkspaceId { get; internal init; }

    /// <summary>Whether the credential is disabled.</summary>
    public bool Disabled { get; internal init; }

    /// <summary>Whether it is tried only after OpenRouter's shared endpoints.</summary>
    public bool IsFallback { get; internal init; }

    /// <summary>Whether shared endpoints are removed for the models that it applies to.</summary>
    public bool IsRequired { get; internal init; }

    /// <summary>Whether shared endpoints are removed for every model of its provider.</summary>
    public bool IsByokOnly { get; internal init; }

    /// <summary>The owner's declaration of zero data retention; null inherits the provider's policy.</summary>
    public bool? DeclaredZdr { get; internal init; }

    /// <summary>
    /// The owner's declaration of the data region: global, europe, us or another; null when undeclared.
    /// </summary>
    public string? DeclaredRegion { get; internal init; }

    /// <summary>The models it may serve; null means any.</summary>
    public AllowList? AllowedModels { get; internal init; }

    /// <summary>The SHA-256 hashes of the OpenRouter API keys that may use it; null means any.</summary>
    public AllowList? AllowedApiKeyHashes { get; internal init; }

    /// <summary>The ids of the members who may use it; null means any.</summary>
    public AllowList? AllowedUserIds { get; internal init; }

    /// <summary>Its place within its provider: credentials are tried in ascending order.</summary>
    public int SortOrder { get; internal init; }

    /// <summary>When the credential was created; null if the API does not report it.</summary>
    public DateTimeOffset? CreatedAt { get; internal init; }

    /// <summary>Additional fields of the API response, by their JSON names. Usually empty.</summary>
    public AdditionalProperties AdditionalProperties { get; internal init; } = AdditionalProperties.None;

    /// <summary>Names the credential as people would: its name or else its label, then its provider.</summary>
    public override string ToString() => DisplayText.Escape($"{Name ?? Label} ({Provider})");

    /// <summary>Whether it is the same credential.</summary>
    public bool Equals(ByokKey? other) => ReferenceEquals(this, other)
        || (other is not null && Id.Length > 0 && string.Equals(Id, other.Id, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ByokKey);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Id.Length > 0 ? StringComparer.OrdinalIgnoreCase.GetHashCode(Id) : RuntimeHelpers.GetHashCode(this);

    /// <summary>
    /// Compares by provider, then prioritized before fallback, then by sort order, and where that is equal by age and
    /// id.
    /// </summary>
    public int CompareTo(ByokKey? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = StringComparer.OrdinalIgnoreCase.Compare(Provider, other.Provider);
        if (order == 0)
        {
            order = IsFallback.CompareTo(other.IsFallback);
        }

        if (order == 0)
        {
            order = SortOrder.CompareTo(other.SortOrder);
        }

        if (order == 0)
        {
            order = Created.CompareTo(other.Created);
        }

        return order == 0 ? StringComparer.OrdinalIgnoreCase.Compare(Id, other.Id) : order;
    }

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj is null or ByokKey
        ? CompareTo(obj as ByokKey)
        : throw new ArgumentException(null, nameof(obj));

    /// <summary>Whether both are the same credential.</summary>
    public static bool operator ==(ByokKey? left, ByokKey? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they are two credentials.</summary>
    public static bool operator !=(ByokKey? left, ByokKey? right) => !(left == right);

    /// <summary>Whether the first comes before the second.</summary>
    public static bool operator <(ByokKey? left, ByokKey? right) => Compare(left, right) < 0;

    /// <summary>Whether the first does not come after the second.</summary>
    public static bool operator <=(ByokKey? left, ByokKey? right) => Compare(left, right) <= 0;

    /// <summary>Whether the first comes after the second.</summary>
    public static bool operator >(ByokKey? left, ByokKey? right) => Compare(left, right) > 0;

    /// <summary>Whether the first does not come before the second.</summary>
    public static bool operator >=(ByokKey? left, ByokKey? right) => Compare(left, right) >= 0;

    // One that is only planned is the youngest.
    private DateTimeOffset Created => CreatedAt ?? DateTimeOffset.MaxValue;

    private static int Compare(ByokKey? left, ByokKey? right) => Comparer<ByokKey?>.Default.Compare(left, right);
}
