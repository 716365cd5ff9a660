using System;

namespace OpenRouter.Byok.Configuration;

/// <summary>What tells a credential without an id from others.</summary>
internal sealed class CredentialIdentity : IEquatable<CredentialIdentity>
{
    private readonly string? workspace;
    private readonly string provider;
    private readonly string? name;
    private readonly int hashCode;

    /// <param name="workspace">The workspace, regardless of case; null means the account's default one.</param>
    /// <param name="provider">The provider, regardless of case.</param>
    /// <param name="name">The name; null or empty means none.</param>
    public CredentialIdentity(string? workspace, string provider, string? name)
    {
        this.workspace = workspace?.ToLowerInvariant();
        this.provider = provider.ToLowerInvariant();
        this.name = string.IsNullOrEmpty(name) ? null : name;
        hashCode = (this.workspace, this.provider, this.name).GetHashCode();
    }

    public CredentialIdentity WithName(string? other) => new(workspace, provider, other);

    public bool Equals(CredentialIdentity? other) =>
        other is not null
        && hashCode == other.hashCode
        && string.Equals(name, other.name, StringComparison.Ordinal)
        && string.Equals(provider, other.provider, StringComparison.Ordinal)
        && string.Equals(workspace, other.workspace, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as CredentialIdentity);

    public override int GetHashCode() => hashCode;
}
