using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;

namespace OpenRouter.Byok;

/// <summary>
/// Credentials seen lately in a session: for completion, and to call an id by its name in questions and messages.
/// </summary>
internal sealed class KnownKeys
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<string, ByokKey> keys = new();

    // The dictionary's own count takes all of its locks, too much to ask for each of ten thousand credentials.
    private int count;

    public ICollection<ByokKey> All => keys.Values;

    public void Remember(IEnumerable<ByokKey> seen)
    {
        foreach (var key in seen) Remember(key);
    }

    public void Remember(ByokKey key)
    {
        if (keys.TryGetValue(key.Id, out var older)) keys.TryUpdate(key.Id, key, older);
        else if (Volatile.Read(ref count) < Most && keys.TryAdd(key.Id, key)) Interlocked.Increment(ref count);
    }

    public void Forget(string id)
    {
        if (keys.TryRemove(id, out _)) Interlocked.Decrement(ref count);
    }

    /// <summary>The credential as it was last seen; null when it was not.</summary>
    public ByokKey? Find(string id) => keys.TryGetValue(id, out var key) ? key : null;

    /// <summary>The credential as people know it, or as its id alone.</summary>
    public string Describe(string id) => keys.TryGetValue(id, out var key) ? $"{key} {id}" : id;
}
