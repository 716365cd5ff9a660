using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api.Paging;

/// <summary>
/// Reads a list of credentials page by page, although it changes meanwhile and servers miscount.
/// </summary>
/// <remarks>
/// <para>
/// Each page begins with the last credential of the page before. As long as the two agree, nothing moved between
/// them, so nothing was missed. When they do not, the list is read again, one page after the other, and only what was
/// not shown before is shown.
/// </para>
/// <para>
/// What this session itself deletes and creates meanwhile is known. Then a page is asked for as much further left as
/// its deletes may have moved the list, and may repeat as much more. What it creates is not shown, or a pipeline that
/// creates one credential for each would never end.
/// </para>
/// </remarks>
/// <param name="client">Whom to ask.</param>
/// <param name="query">What to list.</param>
/// <param name="observer">Who is told.</param>
internal sealed class ByokKeyList(OpenRouterClient client, ByokKeyQuery query, IClientObserver observer)
{
    /// <summary>The most that the API gives at once.</summary>
    public const int MaximumPageSize = 100;

    private const int MaximumPasses = 5;

    private readonly OpenRouterClient client = client;
    private readonly ByokKeyQuery query = query;
    private readonly IClientObserver observer = observer;
    private readonly IdSet shown = new();
    private int count;

    /// <summary>How many there are by the server's own count, once the first page is there.</summary>
    public int? TotalCount { get; private set; }

    // How many are still wanted.
    private long Left => query.First is { } first ? first - count : int.MaxValue;

    /// <exception cref="OpenRouterException">The list broke off; the message says after how many.</exception>
    public async IAsyncEnumerable<IReadOnlyList<ByokKey>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var changes = client.Changes.Watch();
        for (var pass = 1; pass <= MaximumPasses; pass++)
        {
            // What the first pass reads it shows, so one set will do.
            var read = pass == 1 ? shown : new IdSet();
            var reading = new Pass(this, changes, read, pass == 1 ? query.Throttle : 1, cancellationToken);
            await using (reading.ConfigureAwait(false))
            {
                while (await reading.NextAsync().ConfigureAwait(false) is { } fresh)
                {
                    count += fresh.Count;
                    if (fresh.Count > 0) yield return fresh;
                }

                if (reading.IsWhole) yield break;
            }

            observer.Verbose(Messages.ListMoved);
        }

        throw new OpenRouterException(ErrorReason.InvalidResponse, Messages.ListUnstable, MaximumPasses)
            .And(BrokeOff())
            .Advising(Messages.AdviceListChanging);
    }

    private string BrokeOff() => Messages.Format(Messages.ListBrokeOff, count);

    /// <summary>One reading from the first page to the last.</summary>
    private sealed class Pass(
        ByokKeyList list, ChangeWatch changes, IdSet read, int throttle, CancellationToken cancellationToken)
        : IAsyncDisposable
    {
        private readonly Queue<Fetch> ahead = new();
        private readonly long start = list.query.Skip;
        private CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // Where the page before ended, and how far right something that was read may have stood then: what this session
        // creates comes between.
        private long last = list.query.Skip - 1L;
        private long furthest = list.query.Skip - 1L;
        private long? total;
        private int pageSize = MaximumPageSize;
        private int maximumAhead = MaximumAheadOf(throttle);
        private bool isOver;

        /// <summary>Whether the pass reached the end and everything fitted.</summary>
        public bool IsWhole { get; private set; }

        private bool HasRead => last >= start;

        private int MaximumAhead => MaximumAheadOf(throttle);

        /// <summary>What the next page has that was not shown before, or null when the pass is over.</summary>
        public async Task<IReadOnlyList<ByokKey>?> NextAsync()
        {
            (long Offset, long Origin)? further = null;
            while (!isOver)
            {
                // The page before was shorter than expected.
                if (ahead.Count > 0 && ahead.Peek().Offset > last) await DropAsync().ConfigureAwait(false);
                if (ahead.Count == 0)
                {
                    var offset = further?.Offset ?? NextOffset();
                    Start(offset, further?.Origin ?? offset, isAhead: false);
                }

                var (fetch, page) = await ReadHeadAsync().ConfigureAwait(false);
                if (list.query.LeavesOutCreated)
                {
                    await changes.CreatesAsync(cancellationToken).ConfigureAwait(false);
                }

                var created = changes.CreatedAmong(page.Keys);
                switch (Judge(fetch, page.Keys, created))
                {
                    case Fit.Follows: return Accept(fetch, page, created);
                    case Fit.TooFarLeft: further = (fetch.Offset + page.Keys.Count, fetch.Origin); break;
                    case Fit.Outdated: further = null; break;
                    default: isOver = true; break;
                }

                await DropAsync().ConfigureAwait(false);
            }

            return null;
        }

        public async ValueTask DisposeAsync()
        {
            await DropAsync().ConfigureAwait(false);
            stop.Dispose();
        }

        private async Task<(Fetch Fetch, ByokKeyPage Page)> ReadHeadAsync()
        {
            StartFurther();
            var fetch = ahead.Peek();
            while (!fetch.Page.IsCompleted)
            {
                // A page that is late keeps nobody from asking for those behind it.
                await Task.WhenAny([fetch.Page, .. UnderWay()]).ConfigureAwait(false);
                StartFurther();
            }

            try
            {
                var page = await fetch.Page.ConfigureAwait(false);
                ahead.Dequeue();
                return (fetch, page);
            }
            catch (OpenRouterException failure) when (list.count > 0)
            {
                throw failure.And(list.BrokeOff());
            }
        }

        // What stays keeps its order. So when something that was read stands on a page, and before it nothing that was
        // not, then what comes after it there is what follows. How much is repeated shows whether others changed the
        // list, too: then what follows may be incomplete.
        private Fit Judge(Fetch fetch, IReadOnlyList<ByokKey> keys, ISet<string> created)
        {
            var shifts = changes.Shifts(read);
            var lead = keys.TakeWhile(key => read.Contains(key.Id) || created.Contains(key.Id)).ToList();
            var repeated = lead.Count(key => read.Contains(key.Id));
            var maximumRepeated = furthest - fetch.Offset + 1 + shifts.Deletes + shifts.Creates;
            var isLinked = repeated > 0 || fetch.Offset == start;
            if (isLinked && repeated <= maximumRepeated) return Fit.Follows;
            // Which of two pages that were on their way together was made up first, nobody knows.
            if (fetch.IsAhead && !shifts.IsNothingAtAll) return Fit.Outdated;
            if (isLinked) return Fit.Moved;

            var end = fetch.Offset + keys.Count - 1;
            if (lead.Count > 0 && lead.Count == keys.Count && end <= furthest + shifts.Creates) return Fit.TooFarLeft;
            return LeftmostOffset(shifts) < fetch.Origin ? Fit.Outdated : Fit.Moved;
        }

        private List<ByokKey> Accept(Fetch fetch, ByokKeyPage page, ISet<string> created)
        {
            var size = page.Keys.Count;
            var covered = fetch.Offset + size;
            var isEndByCount = page.TotalCount is not { } counted || counted <= covered;
            total = page.TotalCount;
            list.TotalCount ??= page.TotalCount;
            if (!HasRead && size > 0)
            {
                pageSize = size;
#if NET
                if (total is { } expected) read.Expect(Math.Min(expected - start, list.Left));
#endif
            }

            var fresh = new List<ByokKey>(size);
            var isAnyNew = false;
            var isFurther = false;
            foreach (var key in page.Keys)
            {
                var isNew = read.Add(key.Id);
                isAnyNew |= isNew;
                isFurther |= isNew && !created.Contains(key.Id);
                if (read != list.shown) isNew = list.shown.Add(key.Id);
                var isLeftOut = list.query.LeavesOutCreated && created.Contains(key.Id);
                // A server may give more than it was asked for.
                if (isNew && !isLeftOut && fresh.Count < list.Left) fresh.Add(key);
            }

            IsWhole = fresh.Count == list.Left || (size < fetch.Limit && isEndByCount);
            isOver = IsWhole || (size < 2 && !isAnyNew);
            last = covered - 1;
            furthest = isFurther ? last : Math.Max(last, furthest + changes.Shifts(read).Creates);
            changes.Forget(fetch.Began);
            if (maximumAhead < MaximumAhead && changes.Shifts(read).IsNone) maximumAhead++;
            return fresh;
        }

        // As far left as the deletes of this session may have moved the last credential that was read. Some may be
        // about to begin, so while others are under way, a quarter of a page is allowed for them.
        private long NextOffset()
        {
            var shifts = changes.Shifts(read);
            var allowance = shifts.IsDeleting ? pageSize / 4 : 0;
            return Math.Max(LeftmostOffset(shifts) - allowance, start);
        }

        // Pages that are there already wait for their turn, but no more than so many. One after the other is just that.
        private static int MaximumAheadOf(int throttle) => throttle == 1 ? 1 : throttle * 2;

        private long LeftmostOffset(Shifts shifts) => Math.Max(last - shifts.Deletes, start);

        // The pages still to come are asked for side by side, as far as the count reaches. This waits for the caller to
        // come back for the second page, since many want no more than the first. One that begins with the last
        // credential by the count is the proof that a full page before it was the last.
        private void StartFurther()
        {
            if (!HasRead || pageSize < 2) return;
            // What this session changes now moves the pages that are on their way. So no more of them are asked for,
            // and later no more at once than have come unmoved since: what is asked for in vain stays within bounds.
            if (!changes.Shifts(read).IsNone) maximumAhead = 1;
            var free = throttle - UnderWay().Count();
            for (var offset = ahead.Last().Offset + pageSize - 1;
                 free > 0 && ahead.Count < maximumAhead && offset < Math.Min(total ?? 0, last + list.Left);
                 offset += pageSize - 1, free--)
            {
                Start(offset, offset, isAhead: true);
            }
        }

        private IEnumerable<Task> UnderWay() => ahead.Select(fetch => fetch.Page).Where(page => !page.IsCompleted);

        private void Start(long offset, long origin, bool isAhead)
        {
            var wanted = last + 1 + list.Left - offset;
            var limit = (int)Math.Min(HasRead ? Math.Max(pageSize, 2) : MaximumPageSize, wanted);
            var began = changes.Now;
            var page = list.client.GetByokKeyPageAsync(list.query, (int)offset, limit, list.observer, stop.Token);
            ahead.Enqueue(new Fetch(offset, limit, origin, isAhead, began, page));
        }

        // What becomes of a page that nobody wants any more is of no interest; that it is over, is.
        private async Task DropAsync()
        {
            if (ahead.Count == 0) return;
            stop.Cancel();
            foreach (var fetch in ahead)
            {
                await Task.WhenAny(fetch.Page).ConfigureAwait(false);
                _ = fetch.Page.Exception;
            }

            ahead.Clear();
            stop.Dispose();
            stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        }
    }

    /// <summary>Where a page stands to what was read before it.</summary>
    private enum Fit
    {
        /// <summary>It goes on where the page before ended.</summary>
        Follows,

        /// <summary>It holds nothing but what this session created; what was read stands further right.</summary>
        TooFarLeft,

        /// <summary>It was asked for before changes of this session that moved the list.</summary>
        Outdated,

        /// <summary>Others changed the list.</summary>
        Moved,
    }

    /// <summary>A page on its way.</summary>
    /// <param name="Offset">Where it begins.</param>
    /// <param name="Limit">The most credentials that it may have.</param>
    /// <param name="Origin">Where it was begun to look for what was read.</param>
    /// <param name="IsAhead">Whether it was asked for before the page before it was there.</param>
    /// <param name="Began">What this session had changed when it was asked for.</param>
    /// <param name="Page">The page.</param>
    private readonly record struct Fetch(
        long Offset, int Limit, long Origin, bool IsAhead, long Began, Task<ByokKeyPage> Page);
}
