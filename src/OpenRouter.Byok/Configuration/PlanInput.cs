using System;
using System.Collections.Generic;

namespace OpenRouter.Byok.Configuration;

/// <summary>An entry whose names were looked up.</summary>
/// <param name="Entry">The entry as it is written.</param>
/// <param name="WorkspaceId">The workspace; null when it is the account's default one and its id is not known.</param>
/// <param name="Settings">The settings beside the name, with ids and hashes only.</param>
internal sealed record ResolvedEntry(CredentialEntry Entry, string? WorkspaceId, ByokKeyChanges Settings)
{
    // Made once, so an entry that belongs elsewhere has to be made anew.
    public ProviderScope Scope { get; } = new(WorkspaceId, Entry.Provider);

    public CredentialIdentity Identity { get; } = new(WorkspaceId, Entry.Provider, Entry.Name.Value);
}

/// <summary>A provider in a workspace.</summary>
internal readonly record struct ProviderScope
{
    public ProviderScope(string? workspaceId, string provider)
    {
        WorkspaceId = workspaceId?.ToLowerInvariant();
        Provider = provider.ToLowerInvariant();
    }

    /// <summary>The id in lowercase; null when it is the account's default one and its id is not known.</summary>
    public string? WorkspaceId { get; }

    /// <summary>The slug in lowercase.</summary>
    public string Provider { get; }
}

/// <summary>What a plan is made from.</summary>
internal sealed record PlanInput
{
    public required IReadOnlyList<ResolvedEntry> Entries { get; init; }

    /// <summary>Where no credentials are wanted but those of the entries, besides where entries are.</summary>
    public IReadOnlyList<ProviderScope> Scope { get; init; } = [];

    /// <summary>The credentials of the workspaces concerned.</summary>
    public required IReadOnlyList<ByokKey> Keys { get; init; }

    /// <summary>The workspaces that were read; a null stands for the account's default one.</summary>
    public IReadOnlyList<string?> WorkspaceIds { get; init; } = [];

    /// <summary>What is done with credentials that are not in the configuration; null leaves them alone.</summary>
    public ByokPruneMode? Prune { get; init; }

    public ByokKeyUpdate KeyUpdate { get; init; }

    /// <summary>
    /// Whether the label of a credential shows that it has another key than the entry. Needed for
    /// <see cref="ByokKeyUpdate.Changed"/>.
    /// </summary>
    public Func<CredentialEntry, ByokKey, bool> HasOtherKey { get; init; } = (_, _) => false;

    public PlanNames Names { get; init; } = new(null);
}
