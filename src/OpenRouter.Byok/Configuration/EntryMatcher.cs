using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>
/// Finds the credentials that entries mean: by id, else by workspace, provider and name, else by the previous name.
/// The order of the entries does not matter.
/// </summary>
internal sealed class EntryMatcher
{
    private readonly Dictionary<string, ByokKey> byId;
    private readonly ILookup<CredentialIdentity, ByokKey> byName;
    private readonly HashSet<ByokKey> claimed = [];
    private readonly Dictionary<ResolvedEntry, ByokKey> matches;
    private readonly ConfigurationErrors errors;

    /// <param name="keys">The credentials.</param>
    /// <param name="errors">Receives entries that mean several credentials.</param>
    public EntryMatcher(IReadOnlyList<ByokKey> keys, ConfigurationErrors errors)
    {
        this.errors = errors;
        matches = new Dictionary<ResolvedEntry, ByokKey>(keys.Count, ReferenceComparer.Instance);
        byId = new Dictionary<string, ByokKey>(keys.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var key in keys)
        {
            byId[key.Id] = key;
        }

        byName = keys.Where(key => key.WorkspaceId is not null)
            .ToLookup(key => new CredentialIdentity(key.WorkspaceId, key.Provider, key.Name));
    }

    public IReadOnlyDictionary<ResolvedEntry, ByokKey> Match(IReadOnlyList<ResolvedEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Entry.Id is { } id && byId.TryGetValue(id, out var key))
            {
                Claim(entry, key);
            }
        }

        var open = new List<ResolvedEntry>();
        foreach (var entry in entries)
        {
            if (entry.Entry.Id is null && !TryClaim(entry, entry.Identity))
            {
                open.Add(entry);
            }
        }

        foreach (var entry in open)
        {
            if (entry.Entry.PreviousName is { } previousName)
            {
                TryClaim(entry, entry.Identity.WithName(previousName));
            }
        }

        return matches;
    }

    private bool TryClaim(ResolvedEntry entry, CredentialIdentity identity)
    {
        ByokKey? only = null;
        foreach (var key in byName[identity])
        {
            if (claimed.Contains(key))
            {
                continue;
            }

            if (only is not null)
            {
                AddSeveral(entry, identity);
                return true;
            }

            only = key;
        }

        if (only is not null)
        {
            Claim(entry, only);
        }

        return only is not null;
    }

    private void AddSeveral(ResolvedEntry entry, CredentialIdentity identity)
    {
        var several = byName[identity].Where(key => !claimed.Contains(key))
            .OrderBy(key => key.Id, StringComparer.Ordinal)
            .Select(key => $"{key.Id} ({key.Label})");
        errors.Add(
            entry.Entry.Position, Messages.ConfigurationSeveralCredentials, entry.Entry.Describe(),
            string.Join(", ", several));
    }

    private void Claim(ResolvedEntry entry, ByokKey key)
    {
        claimed.Add(key);
        matches[entry] = key;
    }

    private sealed class ReferenceComparer : IEqualityComparer<ResolvedEntry>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(ResolvedEntry? one, ResolvedEntry? other) => ReferenceEquals(one, other);

        public int GetHashCode(ResolvedEntry entry) =>
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(entry);
    }
}
