using System;
using System.Collections.Generic;

namespace OpenRouter.Byok.Api.Paging;

/// <summary>
/// Ids that were seen. It keeps sixteen bytes of a UUID rather than its text, so that remembering a hundred thousand
/// takes three megabytes and not thirteen.
/// </summary>
internal sealed class IdSet
{
#if NET
    // More room than this is not made on the word of a server.
    private const int MaximumExpectedCount = 200_000;

#endif
    private readonly HashSet<Guid> uuids = [];
    private readonly HashSet<string> others = new(StringComparer.Ordinal);

    public bool IsEmpty => uuids.Count == 0 && others.Count == 0;

#if NET
    /// <summary>Makes room for so many; growing bit by bit takes twice the memory.</summary>
    public void Expect(long count)
    {
        if (count > uuids.Count)
        {
            uuids.EnsureCapacity((int)Math.Min(count, MaximumExpectedCount));
        }
    }
#endif

    /// <summary>Whether the id is new.</summary>
    public bool Add(string id) => IsPlainUuid(id) && Guid.TryParseExact(id, "D", out var uuid)
        ? uuids.Add(uuid)
        : others.Add(id);

    public bool Contains(string id) => IsPlainUuid(id) && Guid.TryParseExact(id, "D", out var uuid)
        ? uuids.Contains(uuid)
        : others.Contains(id);

    // Guid itself would take forms that no id has.
    private static bool IsPlainUuid(string id)
    {
        if (id.Length != 36)
        {
            return false;
        }

        foreach (var character in id)
        {
            if (character is not ('-' or (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F')))
            {
                return false;
            }
        }

        return true;
    }
}
