using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api.Paging;

/// <summary>The pages of a list that were requested and not read yet, in the order of the list.</summary>
internal sealed class PendingPages<T>(PageRequest<T> getPage, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly Queue<PendingPage<T>> pages = new();
    private CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    public int Count => pages.Count;

    public PendingPage<T> First => pages.Peek();

    public PendingPage<T> Last => pages.Last();

    /// <summary>The requests without a response.</summary>
    public IEnumerable<Task> InFlight => pages.Select(page => page.Response).Where(response => !response.IsCompleted);

    /// <summary>Requests one more page.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="limit">The most entries that it may have.</param>
    /// <param name="origin">Where the search for the last entry that was read began.</param>
    /// <param name="isAhead">Whether the page before it is still pending.</param>
    /// <param name="moment">What the session had changed by now.</param>
    public void Add(long offset, int limit, long origin, bool isAhead, long moment) => pages.Enqueue(
        new PendingPage<T>(offset, limit, origin, isAhead, moment, getPage((int)offset, limit, stop.Token)));

    public void RemoveFirst() => pages.Dequeue();

    /// <summary>Cancels the requests in flight, waits for their end and ignores what becomes of them.</summary>
    public async Task ClearAsync()
    {
        if (pages.Count == 0)
        {
            return;
        }

        stop.Cancel();
        foreach (var page in pages)
        {
            await Task.WhenAny(page.Response).ConfigureAwait(false);
            _ = page.Response.Exception;
        }

        pages.Clear();
        stop.Dispose();
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await ClearAsync().ConfigureAwait(false);
        stop.Dispose();
    }
}

/// <summary>A page that was requested. The parameters are those of <see cref="PendingPages{T}.Add"/>.</summary>
internal readonly record struct PendingPage<T>(
    long Offset, int Limit, long Origin, bool IsAhead, long Moment, Task<Page<T>> Response);
