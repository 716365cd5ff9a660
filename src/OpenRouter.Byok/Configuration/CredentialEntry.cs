namespace OpenRouter.Byok.Configuration;

/// <summary>A credential as a configuration wants it.</summary>
/// <param name="Position">Where its entry stands.</param>
/// <param name="Provider">The slug of the provider.</param>
internal sealed record CredentialEntry(SourcePosition Position, string Provider)
{
    /// <summary>The slug, the name or the id of the workspace; null means the account's default one.</summary>
    public string? Workspace { get; init; }

    /// <summary>The id, which tells the credential from all others; null when its name does.</summary>
    public string? Id { get; init; }

    public Optional<string?> Name { get; init; }

    /// <summary>The name that the credential may still have; null when it was not renamed.</summary>
    public string? PreviousName { get; init; }

    /// <summary>Where its key comes from; null when the key is not managed by the configuration.</summary>
    public KeyReference? Key { get; init; }

    /// <summary>The settings beside the name. API keys and members may be given by name.</summary>
    public ByokKeyChanges Settings { get; init; } = ByokKeyChanges.None;

    public string Describe() => $"{Provider} {(Name.Value is { } name ? $"'{name}'" : Id)}".Trim();
}

/// <summary>A provider in a workspace, where a configuration lists all credentials that are wanted.</summary>
/// <param name="Position">Where the entry stands.</param>
/// <param name="Workspace">The slug, the name or the id; null means the account's default workspace.</param>
/// <param name="Provider">The slug of the provider.</param>
internal sealed record ScopeEntry(SourcePosition Position, string? Workspace, string Provider);
