using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OpenRouter.Byok.Api.Http;

namespace OpenRouter.Byok.Account;

/// <summary>
/// Credentials seen lately in a session: for completion, and to call an id by its name in questions and messages.
/// </summary>
internal sealed class ByokKeyCache(IClock clock)
{
    private const int Most = 2000;

    private readonly IClock clock = clock;
    private readonly ConcurrentDictionary<string, Known> keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, DateTimeOffset> wholeLists = new(StringComparer.OrdinalIgnoreCase);
    private volatile string? defaultWorkspaceId;

    // The dictionary's own count takes all of its locks, too much to ask for each of ten thousand credentials.
    private int count;

    public IEnumerable<ByokKey> All => keys.Values.Select(known => known.Key);

    /// <summary>Those of the workspaces, and the global ones.</summary>
    /// <param name="workspaceIds">The workspaces; a null stands for the account's default one.</param>
    public IEnumerable<ByokKey> In(IReadOnlyList<string?> workspaceIds)
    {
        var names = NamesOf(workspaceIds);
        // Which one the default workspace is, is known once its list was seen.
        return names.Contains("") && !wholeLists.ContainsKey("") ? All : All.Where(key => IsIn(names, key));
    }

    /// <summary>Whether the whole list of a workspace was read at the given time or later.</summary>
    public bool IsWhole(string? workspaceId, DateTimeOffset notBefore) =>
        wholeLists.TryGetValue(NameOf(workspaceId), out var began) && began >= notBefore;

    public void Remember(IEnumerable<ByokKey> seen)
    {
        foreach (var key in seen) Remember(key);
    }

    public void Remember(ByokKey key)
    {
        var known = new Known(key, clock.UtcNow);
        if (keys.TryGetValue(key.Id, out var older)) keys.TryUpdate(key.Id, known, older);
        else if (Volatile.Read(ref count) < Most && keys.TryAdd(key.Id, known)) Interlocked.Increment(ref count);
    }

    public void Forget(string id)
    {
        if (keys.TryRemove(id, out _)) Interlocked.Decrement(ref count);
    }

    /// <summary>The credential as it was last seen; null when it was not.</summary>
    public ByokKey? Find(string id) => keys.TryGetValue(id, out var known) ? known.Key : null;

    /// <summary>The credential as people know it, or as its id alone.</summary>
    public string Describe(string id) => keys.TryGetValue(id, out var known) ? $"{known.Key} {id}" : id;

    /// <summary>Begins to remember lists while they are read.</summary>
    /// <param name="workspaceIds">The workspaces whose lists they are; a null stands for the default one.</param>
    public Listing List(IReadOnlyList<string?> workspaceIds) => new(this, workspaceIds);

    private static bool IsIn(HashSet<string> workspaces, ByokKey key) =>
        key.WorkspaceId is not { } id || workspaces.Contains(id);

    private HashSet<string> NamesOf(IReadOnlyList<string?> workspaceIds) =>
        new(workspaceIds.Select(NameOf), StringComparer.OrdinalIgnoreCase);

    private string NameOf(string? workspaceId) => workspaceId ?? defaultWorkspaceId ?? "";

    private sealed record Known(ByokKey Key, DateTimeOffset SeenAt);

    /// <summary>Lists of credentials that are being read.</summary>
    internal sealed class Listing(ByokKeyCache known, IReadOnlyList<string?> workspaceIds)
    {
        private readonly DateTimeOffset began = known.clock.UtcNow;
        private bool isFull;

        /// <summary>Remembers a page; false when there is no room for more.</summary>
        public bool Add(IReadOnlyList<ByokKey> page)
        {
            known.Remember(page);
            if (workspaceIds is [null])
            {
                known.defaultWorkspaceId ??= page.FirstOrDefault(key => key.WorkspaceId is not null)?.WorkspaceId;
            }

            isFull |= Volatile.Read(ref known.count) >= Most;
            return !isFull;
        }

        /// <summary>
        /// The lists were read to their end, or as far as there is room: what was not seen is not there any more.
        /// </summary>
        public void Complete()
        {
            var names = known.NamesOf(workspaceIds);
            foreach (var name in names) known.wholeLists[name] = began;
            if (isFull || names.Count == 0) return;
            foreach (var seen in known.keys.Values)
            {
                if (seen.SeenAt < began && IsIn(names, seen.Key)) known.Forget(seen.Key.Id);
            }
        }
    }
}
