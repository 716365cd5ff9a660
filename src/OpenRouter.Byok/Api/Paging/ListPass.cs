using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api.Paging;

/// <summary>Reads a list once, from the first page to the last.</summary>
/// <param name="list">The list and how to read it.</param>
/// <param name="changes">What the session changes meanwhile.</param>
/// <param name="read">The ids that this pass has read.</param>
/// <param name="returned">The ids that this pass and those before it have returned.</param>
/// <param name="maximumConcurrency">The most requests in flight at once.</param>
/// <param name="cancellationToken">Cancels the requests.</param>
internal sealed class ListPass<T>(
    PagedList<T> list,
    ChangeWatch changes,
    IdSet read,
    IdSet returned,
    int maximumConcurrency,
    CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly PendingPages<T> pending = new(list.GetPage, cancellationToken);
    private readonly ListPosition<T> position = new(list.Skip, read, list.GetId);

    private long? total;
    private long left;
    private int pageSize = PagedList<T>.MaximumPageSize;
    private int maximumPending = MaximumPendingOf(maximumConcurrency);
    private bool isOver;

    /// <summary>Whether the pass reached the end, and each page continued the one before.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The next page with the entries that were not returned before, or null when the pass is over.</summary>
    /// <param name="wanted">The most entries that are still wanted.</param>
    public async Task<Page<T>?> NextAsync(long wanted)
    {
        left = wanted;
        (long Offset, long Origin)? further = null;
        while (!isOver)
        {
            // The page before was shorter than expected.
            var isTooFarRight = pending.Count > 0 && pending.First.Offset > position.Last;
            if (isTooFarRight)
            {
                await pending.ClearAsync().ConfigureAwait(false);
            }

            if (pending.Count == 0)
            {
                var offset = further?.Offset ?? NextOffset();
                Request(offset, further?.Origin ?? offset, isAhead: false);
            }

            var (request, page) = await ReceiveAsync().ConfigureAwait(false);
            if (list.LeavesOutCreated)
            {
                await changes.WaitForCreatesAsync(cancellationToken).ConfigureAwait(false);
            }

            var created = changes.CreatedAmong(page.Items, list.GetId);
            switch (position.FitOf(request, page.Items, created, changes.Shifts(read)))
            {
                case PageFit.Follows: return Accept(request, page, created);
                case PageFit.TooFarLeft: further = (request.Offset + page.Items.Count, request.Origin); break;
                case PageFit.Outdated: further = null; break;
                default: isOver = true; break;
            }

            await pending.ClearAsync().ConfigureAwait(false);
        }

        return null;
    }

    public ValueTask DisposeAsync() => pending.DisposeAsync();

    private async Task<(PendingPage<T> Request, Page<T> Page)> ReceiveAsync()
    {
        RequestAhead();
        var request = pending.First;
        while (!request.Response.IsCompleted)
        {
            // A slow page does not delay the requests for those behind it.
            await Task.WhenAny([request.Response, .. pending.InFlight]).ConfigureAwait(false);
            RequestAhead();
        }

        var page = await request.Response.ConfigureAwait(false);
        pending.RemoveFirst();
        return (request, page);
    }

    private Page<T> Accept(PendingPage<T> request, Page<T> page, HashSet<string> created)
    {
        var size = page.Items.Count;
        total = page.TotalCount;
        if (!position.HasRead && size > 0)
        {
            pageSize = size;
#if NET
            if (total is { } expected)
            {
                read.Expect(Math.Min(expected - list.Skip, left));
            }
#endif
        }

        var fresh = new List<T>(size);
        var isAnyNew = false;
        var hasNew = false;
        foreach (var item in page.Items)
        {
            var id = list.GetId(item);
            var isCreated = created.Contains(id);
            var isNew = read.Add(id);
            isAnyNew |= isNew;
            hasNew |= isNew && !isCreated;
            if (read != returned)
            {
                isNew = returned.Add(id);
            }

            // A server may return more than was requested.
            if (isNew && !(isCreated && list.LeavesOutCreated) && fresh.Count < left)
            {
                fresh.Add(item);
            }
        }

        var end = request.Offset + size;
        var isStuck = size < 2 && !isAnyNew;
        IsComplete = fresh.Count == left || IsEnd(size < request.Limit, isStuck, end);
        isOver = IsComplete || isStuck;
        position.MoveTo(end - 1, hasNew, changes.Shifts(read).Creates);
        changes.Forget(request.Moment);
        if (maximumPending < MaximumPendingOf(maximumConcurrency) && changes.Shifts(read).IsNone)
        {
            maximumPending++;
        }

        return page with { Items = fresh };
    }

    // Where the count is trusted, it needs no proof, and a server that has nothing more has ended whatever it counts.
    private bool IsEnd(bool isShort, bool isStuck, long end)
    {
        var isEndByCount = total is not { } counted || counted <= end;
        return list.TrustsCount
            ? isStuck || (isEndByCount && (isShort || total is not null))
            : isEndByCount && isShort;
    }

    // Pages that arrived early wait for their turn, but only so many. With one request at a time there are none.
    private static int MaximumPendingOf(int concurrency) => concurrency == 1 ? 1 : concurrency * 2;

    // As far left as the deletes of this session may have moved the last entry that was read. Some may be about
    // to begin, so while others are in flight, a quarter of a page is allowed for them.
    private long NextOffset()
    {
        var shifts = changes.Shifts(read);
        var allowance = shifts.IsDeleting ? pageSize / 4 : 0;
        return Math.Max(position.LeftmostOffset(shifts) - allowance, list.Skip);
    }

    // The pages still to come are requested side by side, as far as the count reaches. This waits for the caller to
    // come back for the second page, since many want only the first. One that begins with the last entry by the count
    // is the proof that a full page before it was the last.
    private void RequestAhead()
    {
        if (!position.HasRead || pageSize < 2)
        {
            return;
        }

        // What this session changes now moves the pages that are in flight. So no more of them are requested, and later
        // no more at once than have come unmoved since: this limits the requests that are made in vain.
        if (!changes.Shifts(read).IsNone)
        {
            maximumPending = 1;
        }

        var free = maximumConcurrency - pending.InFlight.Count();
        for (var offset = pending.Last.Offset + pageSize - 1;
             free > 0 && pending.Count < maximumPending && offset < Math.Min(total ?? 0, position.Last + left);
             offset += pageSize - 1, free--)
        {
            Request(offset, offset, isAhead: true);
        }
    }

    private void Request(long offset, long origin, bool isAhead)
    {
        var wanted = position.Last + 1 + left - offset;
        var most = position.HasRead ? Math.Max(pageSize, 2) : PagedList<T>.MaximumPageSize;
        pending.Add(offset, (int)Math.Min(most, wanted), origin, isAhead, changes.Now);
    }
}
