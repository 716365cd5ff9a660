using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Account;

/// <summary>
/// The credentials that a session has read: for completion, and to name a credential in questions and messages.
/// </summary>
internal sealed class ByokKeyCache(IClock clock)
{
    private const int Capacity = 2000;

    private readonly IClock clock = clock;
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, DateTimeOffset> completeWorkspaces =
        new(EligibilityRules.WorkspaceIds);

    private volatile string? defaultWorkspaceId;

    // The dictionary's own count takes all of its locks, too much to ask for each of ten thousand credentials.
    private int count;

    public IEnumerable<ByokKey> All => entries.Values.Select(entry => entry.Key);

    /// <summary>The credentials of the workspaces, and the global ones.</summary>
    /// <param name="workspaceIds">The workspaces; null stands for the default workspace of the account.</param>
    public IEnumerable<ByokKey> In(IReadOnlyList<string?> workspaceIds)
    {
        var ids = CacheIds(workspaceIds);
        // Which workspace is the default one is known once its list was read.
        return ids.Contains("") && !completeWorkspaces.ContainsKey("") ? All : All.Where(key => IsIn(ids, key));
    }

    /// <summary>Whether the whole list of a workspace was read at the given time or later.</summary>
    public bool IsComplete(string? workspaceId, DateTimeOffset notBefore) =>
        completeWorkspaces.TryGetValue(CacheId(workspaceId), out var began) && began >= notBefore;

    public void Add(IEnumerable<ByokKey> keys)
    {
        foreach (var key in keys)
        {
            Add(key);
        }
    }

    public void Add(ByokKey key)
    {
        if (entries.TryGetValue(key.Id, out var older))
        {
            entries.TryUpdate(key.Id, new Entry(key, clock.UtcNow), older);
        }
        else if (Volatile.Read(ref count) < Capacity && entries.TryAdd(key.Id, new Entry(key, clock.UtcNow)))
        {
            Interlocked.Increment(ref count);
        }
    }

    public void Remove(string id)
    {
        if (entries.TryRemove(id, out _))
        {
            Interlocked.Decrement(ref count);
        }
    }

    /// <summary>The credential as it was last read; null when it was not.</summary>
    public ByokKey? Find(string id) => entries.TryGetValue(id, out var entry) ? entry.Key : null;

    /// <summary>Name or label, provider and id of the credential; the id alone if it was not read.</summary>
    public string Describe(string id) => Find(id) is { } key ? $"{key} {id}" : id;

    /// <summary>Begins to keep whole lists while they are read.</summary>
    /// <param name="workspaceIds">
    /// The workspaces whose lists they are; null stands for the default workspace of the account.
    /// </param>
    public ListUpdate BeginListUpdate(IReadOnlyList<string?> workspaceIds) => new(this, workspaceIds);

    private static bool IsIn(HashSet<string> workspaceIds, ByokKey key) =>
        key.WorkspaceId is not { } id || workspaceIds.Contains(id);

    private HashSet<string> CacheIds(IReadOnlyList<string?> workspaceIds) =>
        new(workspaceIds.Select(CacheId), EligibilityRules.WorkspaceIds);

    private string CacheId(string? workspaceId) => workspaceId ?? defaultWorkspaceId ?? "";

    private sealed record Entry(ByokKey Key, DateTimeOffset ReadAt);

    /// <summary>Lists of credentials that are being read.</summary>
    internal sealed class ListUpdate(ByokKeyCache cache, IReadOnlyList<string?> workspaceIds)
    {
        private readonly DateTimeOffset began = cache.clock.UtcNow;
        private bool isFull;

        /// <summary>Keeps a page; false when there is no room for more.</summary>
        public bool Add(IReadOnlyList<ByokKey> page)
        {
            cache.Add(page);
            if (workspaceIds is [null])
            {
                cache.defaultWorkspaceId ??= page.FirstOrDefault(key => key.WorkspaceId is not null)?.WorkspaceId;
            }

            isFull |= Volatile.Read(ref cache.count) >= Capacity;
            return !isFull;
        }

        /// <summary>
        /// The lists were read to their end, or as far as there is room: what was not in them no longer exists.
        /// </summary>
        public void Complete()
        {
            var ids = cache.CacheIds(workspaceIds);
            foreach (var id in ids)
            {
                cache.completeWorkspaces[id] = began;
            }

            if (isFull || ids.Count == 0)
            {
                return;
            }

            foreach (var entry in cache.entries.Values)
            {
                if (entry.ReadAt < began && IsIn(ids, entry.Key))
                {
                    cache.Remove(entry.Key.Id);
                }
            }
        }
    }
}
