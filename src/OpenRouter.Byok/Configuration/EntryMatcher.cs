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
    private readonly Dictionary<string, ByokKey> byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<(ProviderScope, string), ByokKey> byName;
    private readonly HashSet<ByokKey> claimed = [];
    private readonly Dictionary<ResolvedEntry, ByokKey> matches = new(ReferenceComparer.Instance);
    private readonly ConfigurationErrors errors;

    /// <param name="keys">The credentials.</param>
    /// <param name="errors">Receives entries that mean several credentials.</param>
    public EntryMatcher(IReadOnlyList<ByokKey> keys, ConfigurationErrors errors)
    {
        this.errors = errors;
        foreach (var key in keys)
        {
            byId[key.Id] = key;
        }

        byName = keys.Where(key => key.WorkspaceId is not null)
            .ToLookup(key => (new ProviderScope(key.WorkspaceId, key.Provider), key.Name ?? ""));
    }

    public IReadOnlyDictionary<ResolvedEntry, ByokKey> Match(IReadOnlyList<ResolvedEntry> entries)
    {
        foreach (var entry in entries.Where(entry => entry.Entry.Id is not null))
        {
            if (byId.TryGetValue(entry.Entry.Id!, out var key))
            {
                Claim(entry, key);
            }
        }

        var named = entries.Where(entry => entry.Entry.Id is null).ToList();
        var open = named.Where(entry => !TryClaim(entry, entry.Entry.Name.Value ?? "")).ToList();
        foreach (var entry in open.Where(entry => entry.Entry.PreviousName is not null))
        {
            TryClaim(entry, entry.Entry.PreviousName!);
        }

        return matches;
    }

    private bool TryClaim(ResolvedEntry entry, string name)
    {
        var scope = new ProviderScope(entry.WorkspaceId, entry.Entry.Provider);
        var keys = byName[(scope, name)].Where(key => !claimed.Contains(key)).ToList();
        switch (keys)
        {
            case []:
                return false;
            case [var only]:
                Claim(entry, only);
                return true;
            default:
                errors.Add(
                    entry.Entry.Position, Messages.ConfigurationSeveralCredentials, entry.Entry.Describe(),
                    string.Join(", ", keys.OrderBy(key => key.Id, StringComparer.Ordinal).Select(
                        key => $"{key.Id} ({key.Label})")));
                return true;
        }
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
