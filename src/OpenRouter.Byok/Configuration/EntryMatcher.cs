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
    private readonly List<Candidate> candidates;
    private readonly Dictionary<string, Candidate> byId;
    private readonly Dictionary<CredentialIdentity, Candidate> byName;
    private readonly ConfigurationErrors errors;

    /// <param name="keys">The credentials.</param>
    /// <param name="errors">Receives entries that mean several credentials.</param>
    public EntryMatcher(IReadOnlyList<ByokKey> keys, ConfigurationErrors errors)
    {
        this.errors = errors;
        candidates = new List<Candidate>(keys.Count);
        byId = new Dictionary<string, Candidate>(keys.Count, StringComparer.OrdinalIgnoreCase);
        byName = new Dictionary<CredentialIdentity, Candidate>(keys.Count);
        foreach (var key in keys)
        {
            Add(key);
        }
    }

    /// <summary>The credentials that were given, and whether an entry means them.</summary>
    public IEnumerable<(ByokKey Key, bool IsClaimed)> Keys =>
        candidates.Select(candidate => (candidate.Key, candidate.IsClaimed));

    /// <returns>The credential of each entry; null when it has none, or could have several.</returns>
    public IReadOnlyList<ByokKey?> Match(IReadOnlyList<ResolvedEntry> entries)
    {
        var matches = new ByokKey?[entries.Count];
        for (var index = 0; index < matches.Length; index++)
        {
            if (entries[index].Entry.Id is { } id && byId.TryGetValue(id, out var candidate))
            {
                matches[index] = Claim(candidate);
            }
        }

        var open = new List<int>();
        for (var index = 0; index < matches.Length; index++)
        {
            var entry = entries[index];
            if (entry.Entry.Id is null && !TryClaim(entry, entry.Identity, out matches[index]))
            {
                open.Add(index);
            }
        }

        foreach (var index in open)
        {
            var entry = entries[index];
            if (entry.Entry.PreviousName is { } previousName)
            {
                TryClaim(entry, entry.Identity.WithName(previousName), out matches[index]);
            }
        }

        return matches;
    }

    private void Add(ByokKey key)
    {
        var candidate = new Candidate(key);
        candidates.Add(candidate);
        byId[key.Id] = candidate;
        if (key.WorkspaceId is not null)
        {
            var identity = new CredentialIdentity(key.WorkspaceId, key.Provider, key.Name);
            byName.TryGetValue(identity, out var namesake);
            candidate.NextNamesake = namesake;
            byName[identity] = candidate;
        }
    }

    /// <returns>Whether there is a credential; <paramref name="key"/> is null when there are several.</returns>
    private bool TryClaim(ResolvedEntry entry, CredentialIdentity identity, out ByokKey? key)
    {
        key = null;
        var first = Unclaimed(identity);
        if (first is null)
        {
            return false;
        }

        if (Unclaimed(first.NextNamesake) is null)
        {
            key = Claim(first);
        }
        else
        {
            AddSeveral(entry, first);
        }

        return true;
    }

    private Candidate? Unclaimed(CredentialIdentity identity) =>
        byName.TryGetValue(identity, out var candidate) ? Unclaimed(candidate) : null;

    private static Candidate? Unclaimed(Candidate? candidate)
    {
        while (candidate is { IsClaimed: true })
        {
            candidate = candidate.NextNamesake;
        }

        return candidate;
    }

    private void AddSeveral(ResolvedEntry entry, Candidate first)
    {
        var several = new List<ByokKey>();
        for (var candidate = first; candidate is not null; candidate = Unclaimed(candidate.NextNamesake))
        {
            several.Add(candidate.Key);
        }

        errors.Add(
            entry.Entry.Position, Messages.ConfigurationSeveralCredentials, entry.Entry.Describe(),
            string.Join(", ", several
                .OrderBy(key => key.Id, StringComparer.Ordinal)
                .Select(key => $"{key.Id} ({key.Label})")));
    }

    private static ByokKey Claim(Candidate candidate)
    {
        candidate.IsClaimed = true;
        return candidate.Key;
    }

    /// <summary>A credential that an entry may mean.</summary>
    private sealed class Candidate(ByokKey key)
    {
        public ByokKey Key { get; } = key;

        public bool IsClaimed { get; set; }

        /// <summary>Another one of the same workspace, provider and name.</summary>
        public Candidate? NextNamesake { get; set; }
    }
}
