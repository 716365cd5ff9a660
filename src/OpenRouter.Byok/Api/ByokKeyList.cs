using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api;

/// <summary>
/// Reads a list of credentials page by page, although others change it meanwhile and servers miscount.
/// </summary>
/// <remarks>
/// Each page begins with the last credential of the page before. As long as the two agree, nothing moved between
/// them, so nothing was missed. When they do not, the list is read again, one page after the other, and only what was
/// not shown before is shown.
/// </remarks>
/// <param name="client">Whom to ask.</param>
/// <param name="query">What to list.</param>
/// <param name="shown">The ids of what was shown already, perhaps by the list of another workspace.</param>
/// <param name="observer">Who is told.</param>
internal sealed class ByokKeyList(
    OpenRouterClient client, ByokKeyQuery query, IdSet shown, IClientObserver observer)
{
    private const int LargestPage = 100;

    private const int MostPasses = 5;

    private readonly OpenRouterClient client = client;
    private readonly ByokKeyQuery query = query;
    private readonly IClientObserver observer = observer;
    private readonly long end = query.First is { } first ? (long)query.Skip + first : long.MaxValue;
    private int count;

    /// <summary>How many there are by the server's own count, once the first page is there.</summary>
    public int? TotalCount { get; private set; }

    /// <exception cref="OpenRouterException">The list broke off; the message says after how many.</exception>
    public async IAsyncEnumerable<IReadOnlyList<ByokKey>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var pass = 1; pass <= MostPasses; pass++)
        {
            var reading = new Pass(this, pass == 1 ? query.Throttle : 1, cancellationToken);
            await using (reading.ConfigureAwait(false))
            {
                while (await reading.NextAsync().ConfigureAwait(false) is { } page)
                {
#if NET
                    if (count == 0 && page.TotalCount is { } total) shown.Expect(Math.Min(total, end - query.Skip));
#endif
                    var fresh = page.Keys.Where(key => shown.Add(key.Id)).ToList();
                    count += fresh.Count;
                    if (fresh.Count > 0) yield return fresh;
                }

                if (reading.IsWhole) yield break;
            }

            observer.Note(Messages.ListMoved);
        }

        throw new OpenRouterException(ErrorReason.InvalidResponse, Messages.ListUnstable, MostPasses).And(BrokeOff());
    }

    private string BrokeOff() => Text.Of(Messages.ListBrokeOff, count);

    /// <summary>One reading from the first page to the last.</summary>
    private sealed class Pass(ByokKeyList list, int throttle, CancellationToken cancellationToken) : IAsyncDisposable
    {
        private readonly Queue<Fetch> ahead = new();
        private CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        private string? lastId;
        private long nextOffset = list.query.Skip;
        private long? total;
        private int pageSize = LargestPage;
        private bool isOver;

        /// <summary>Whether the pass reached the end and everything fitted.</summary>
        public bool IsWhole { get; private set; }

        /// <summary>The next page, or null when the pass is over.</summary>
        public async Task<ByokKeyPage?> NextAsync()
        {
            if (isOver) return null;
            if (ahead.Count > 0 && ahead.Peek().Offset != nextOffset) await DropAsync().ConfigureAwait(false);
            if (ahead.Count == 0) Start(nextOffset);
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
                return Accept(fetch, page) ? page : null;
            }
            catch (OpenRouterException failure) when (list.count > 0)
            {
                throw failure.And(list.BrokeOff());
            }
        }

        public async ValueTask DisposeAsync()
        {
            await DropAsync().ConfigureAwait(false);
            stop.Dispose();
        }

        private bool Accept(Fetch fetch, ByokKeyPage page)
        {
            var size = page.Keys.Count;
            var covered = fetch.Offset + size;
            var isEndByCount = page.TotalCount is not { } counted || counted <= covered;
            total = page.TotalCount;
            list.TotalCount ??= page.TotalCount;
            if (size == 0)
            {
                isOver = true;
                IsWhole = lastId is null && isEndByCount;
                return false;
            }

            if (lastId is not null && page.Keys[0].Id != lastId)
            {
                isOver = true;
                return false;
            }

            var isStuck = lastId is not null && size == 1;
            IsWhole = covered >= list.end || (size < fetch.Limit && isEndByCount);
            isOver = IsWhole || isStuck;
            if (lastId is null) pageSize = size;
            lastId = page.Keys[size - 1].Id;
            nextOffset = covered - 1;
            return true;
        }

        // The pages still to come are asked for side by side, as far as the count reaches. This waits for the caller to
        // come back for the second page, since many want no more than the first. One that begins with the last
        // credential by the count is the proof that a full page before it was the last.
        private void StartFurther()
        {
            if (lastId is null || pageSize < 2) return;
            var free = throttle - UnderWay().Count();
            for (var offset = ahead.Last().Offset + pageSize - 1;
                 free > 0 && ahead.Count < MostAhead && offset < Math.Min(total ?? 0, list.end - 1);
                 offset += pageSize - 1, free--)
            {
                Start(offset);
            }
        }

        // Those that are there already wait for their turn, but no more than so many. One after the other is just that.
        private int MostAhead => throttle == 1 ? 1 : throttle * 2;

        private IEnumerable<Task> UnderWay() => ahead.Select(fetch => fetch.Page).Where(page => !page.IsCompleted);

        private void Start(long offset)
        {
            var limit = (int)Math.Min(lastId is null ? LargestPage : Math.Max(pageSize, 2), list.end - offset);
            var page = list.client.GetByokKeyPageAsync(list.query, (int)offset, limit, list.observer, stop.Token);
            ahead.Enqueue(new Fetch(offset, limit, page));
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

    private readonly record struct Fetch(long Offset, int Limit, Task<ByokKeyPage> Page);
}
