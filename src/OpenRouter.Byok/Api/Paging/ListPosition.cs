using System;
using System.Collections.Generic;

namespace OpenRouter.Byok.Api.Paging;

/// <summary>How far a list was read, and whether a page continues there.</summary>
/// <param name="start">The offset at which reading began.</param>
/// <param name="read">The ids of the entries that were read.</param>
/// <param name="getId">The id of an entry.</param>
internal sealed class ListPosition<T>(long start, IdSet read, Func<T, string> getId)
{
    // The rightmost offset at which an entry that was read may have been then: what this session creates comes between.
    private long furthest = start - 1;

    /// <summary>The offset at which the last page ended.</summary>
    public long Last { get; private set; } = start - 1;

    public bool HasRead => Last >= start;

    /// <summary>The leftmost offset to which deletes may have moved the last entry that was read.</summary>
    public long LeftmostOffset(Shifts shifts) => Math.Max(Last - shifts.Deletes, start);

    /// <summary>Compares a page with what was read before it.</summary>
    /// <remarks>
    /// What stays keeps its order. So when an entry that was read is on a page, and before it none that was not, then
    /// what comes after it there is what follows. How many are repeated shows whether others changed the list, too:
    /// then what follows may be incomplete.
    /// </remarks>
    public PageFit FitOf(
        PendingPage<T> page, IReadOnlyList<T> items, HashSet<string> created, Shifts shifts)
    {
        var (known, repeated) = CountKnown(items, created);
        var maximumRepeated = furthest - page.Offset + 1 + shifts.Deletes + shifts.Creates;
        var isLinked = repeated > 0 || page.Offset == start;
        if (isLinked && repeated <= maximumRepeated)
        {
            return PageFit.Follows;
        }

        // Of two pages that were in flight together, either may be the older one.
        if (page.IsAhead && !shifts.IsNothingAtAll)
        {
            return PageFit.Outdated;
        }

        if (isLinked)
        {
            return PageFit.Moved;
        }

        var end = page.Offset + items.Count - 1;
        if (known > 0 && known == items.Count && end <= furthest + shifts.Creates)
        {
            return PageFit.TooFarLeft;
        }

        return LeftmostOffset(shifts) < page.Origin ? PageFit.Outdated : PageFit.Moved;
    }

    /// <summary>Moves on to the end of a page.</summary>
    /// <param name="last">The offset of its last entry.</param>
    /// <param name="hasNew">Whether it had entries that were not read before and not created by this session.</param>
    /// <param name="creates">How many entries this session may have created before its end.</param>
    public void MoveTo(long last, bool hasNew, int creates)
    {
        Last = last;
        furthest = hasNew ? last : Math.Max(last, furthest + creates);
    }

    // How many entries at the beginning were read before or created by this session, and how many of them were read.
    private (int Known, int Repeated) CountKnown(IReadOnlyList<T> items, HashSet<string> created)
    {
        var (known, repeated) = (0, 0);
        foreach (var item in items)
        {
            var id = getId(item);
            var isRead = read.Contains(id);
            if (!isRead && !created.Contains(id))
            {
                break;
            }

            known++;
            if (isRead)
            {
                repeated++;
            }
        }

        return (known, repeated);
    }
}

/// <summary>How a page fits to what was read before it.</summary>
internal enum PageFit
{
    /// <summary>It continues where the page before ended.</summary>
    Follows,

    /// <summary>It has only entries that this session created; what was read is further right.</summary>
    TooFarLeft,

    /// <summary>It was requested before changes of this session that moved the list.</summary>
    Outdated,

    /// <summary>Others changed the list.</summary>
    Moved,
}
