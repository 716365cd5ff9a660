using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Paging;

namespace OpenRouter.Byok.Api;

/// <summary>Credentials of several workspaces and providers as one list, filtered and cut to a page of it.</summary>
/// <remarks>The API filters and skips what it can; the rest is done as the pages arrive.</remarks>
internal sealed class ByokKeySearch(OpenRouterClient client, IClientObserver observer)
{
    /// <summary>The workspaces to look in; a null stands for the account's default one.</summary>
    public required IReadOnlyList<string?> WorkspaceIds { get; init; }

    /// <summary>The providers to list; a null stands for all.</summary>
    public required IReadOnlyList<string?> Providers { get; init; }

    /// <summary>A filter that the API does not have.</summary>
    public Func<ByokKey, bool>? Filter { get; init; }

    public long Skip { get; init; }

    public long First { get; init; } = long.MaxValue;

    public int Throttle { get; init; } = 8;

    private bool IsOneQuery =>
        WorkspaceIds.Count == 1 && Providers.Count == 1 && Filter is null && Skip <= int.MaxValue;

    /// <summary>
    /// The part of the list that Skip and First select. Its pages tell how many credentials there are in all, unless
    /// that takes reading them all.
    /// </summary>
    public IAsyncEnumerable<Page<ByokKey>> ReadAsync(CancellationToken cancellationToken) =>
        IsOneQuery ? ReadOneQueryAsync(cancellationToken) : ReadAndCutAsync(cancellationToken);

    /// <summary>The same part, after everything was counted. There is always a first page to tell the count.</summary>
    public async IAsyncEnumerable<Page<ByokKey>> CountAndReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (IsOneQuery)
        {
            await foreach (var page in ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return page;
            }

            yield break;
        }

        var wanted = new List<ByokKey>();
        var total = 0L;
        var pages = ReadMatchesAsync(Queries, new IdSet(), Throttle, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            foreach (var key in page)
            {
                if (total >= Skip && total - Skip < First)
                {
                    wanted.Add(key);
                }

                total++;
            }
        }

        yield return new Page<ByokKey>(wanted, total);
    }

    private async IAsyncEnumerable<Page<ByokKey>> ReadOneQueryAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Even for the count alone, one credential must be requested.
        var first = First > int.MaxValue ? (int?)null : (int)Math.Max(First, 1);
        var query = new ByokKeyQuery(WorkspaceIds[0], Providers[0])
        {
            Skip = (int)Skip,
            First = first,
            Throttle = Throttle,
        };
        var pages = client.ReadByokKeysAsync(query, observer, cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            yield return First == 0 ? page with { Items = [] } : page;
        }
    }

    private async IAsyncEnumerable<Page<ByokKey>> ReadAndCutAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var begin = await BeginAsync(cancellationToken).ConfigureAwait(false);
        var (toSkip, left) = (begin.ToSkip, First);
        // When only some are wanted, no more pages are requested than these take.
        var pages = First == long.MaxValue ? long.MaxValue : (toSkip + First - 1) / PagedList<ByokKey>.MaximumPageSize;
        var throttle = (int)Math.Min(Throttle, Math.Max(pages, 1));
        await foreach (var page in ReadFromAsync(begin, throttle, cancellationToken).ConfigureAwait(false))
        {
            if (Cut(page) is { Count: > 0 } wanted)
            {
                yield return new Page<ByokKey>(wanted, TotalCount: null);
            }

            if (left == 0)
            {
                yield break;
            }
        }

        List<ByokKey> Cut(IReadOnlyList<ByokKey> page)
        {
            var wanted = page.Skip((int)Math.Min(toSkip, page.Count)).Take((int)Math.Min(left, page.Count)).ToList();
            toSkip -= Math.Min(toSkip, page.Count);
            left -= wanted.Count;
            return wanted;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<ByokKey>> ReadFromAsync(
        Beginning begin, int throttle, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shown = new IdSet();
        var lists = ReadMatchesAsync(begin.Lists, shown, throttle, cancellationToken);
        await foreach (var page in lists.ConfigureAwait(false))
        {
            yield return page;
        }

        if (begin.Others.Count == 0)
        {
            yield break;
        }

        // A credential that was skipped in one workspace is not shown in another either.
        var skipped = ReadSideBySideAsync(begin.Skipped, Throttle, cancellationToken);
        await foreach (var page in skipped.ConfigureAwait(false))
        {
            foreach (var key in page.Items)
            {
                shown.Add(key.Id);
            }
        }

        var others = ReadMatchesAsync(begin.Others, shown, throttle, cancellationToken);
        await foreach (var page in others.ConfigureAwait(false))
        {
            yield return page;
        }
    }

    // Lists of one workspace have no credential in common. So as long as nothing is filtered, those that end before
    // what is wanted begins are passed over by their count, and the next one is read from there.
    private async Task<Beginning> BeginAsync(CancellationToken cancellationToken)
    {
        var queries = Queries.ToList();
        var everything = new Beginning([], queries, [], Skip);
        if (Filter is not null || Skip == 0)
        {
            return everything;
        }

        var toSkip = Skip;
        for (var index = 0; index < Providers.Count; index++)
        {
            if (toSkip > int.MaxValue)
            {
                return everything;
            }

            var query = queries[index];
            var page = await client.GetByokKeyPageAsync(query, (int)toSkip, limit: 1, observer, cancellationToken)
                .ConfigureAwait(false);
            if (page.Items.Count > 0)
            {
                ByokKeyQuery[] part = toSkip == 0 ? [] : [query with { First = (int)toSkip }];
                return new Beginning(
                    [.. queries.Take(index), .. part],
                    [query with { Skip = (int)toSkip }, .. queries.Take(Providers.Count).Skip(index + 1)],
                    [.. queries.Skip(Providers.Count)],
                    ToSkip: 0);
            }

            // Without a count, or with one that cannot be, there is nothing to go by.
            if (page.TotalCount is not { } total || total > toSkip)
            {
                return everything;
            }

            toSkip -= total;
        }

        return new Beginning(
            [.. queries.Take(Providers.Count)], [], [.. queries.Skip(Providers.Count)], toSkip);
    }

    private IEnumerable<ByokKeyQuery> Queries =>
        from workspace in WorkspaceIds
        from provider in Providers
        select new ByokKeyQuery(workspace, provider);

    private async IAsyncEnumerable<IReadOnlyList<ByokKey>> ReadMatchesAsync(
        IEnumerable<ByokKeyQuery> queries,
        IdSet shown,
        int throttle,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in ReadSideBySideAsync(queries, throttle, cancellationToken).ConfigureAwait(false))
        {
            yield return page.Items.Where(key => shown.Add(key.Id) && (Filter is null || Filter(key))).ToList();
        }
    }

    // The first pages of the lists to come are requested while one is read: many short lists take no longer than one.
    private async IAsyncEnumerable<Page<ByokKey>> ReadSideBySideAsync(
        IEnumerable<ByokKeyQuery> queries, int throttle, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new Queue<ByokKeyQuery>(queries);
        var begun = new Queue<(IAsyncEnumerator<Page<ByokKey>> Pages, Task<bool> HasFirst)>();
        try
        {
            while (waiting.Count > 0 || begun.Count > 0)
            {
                while (waiting.Count > 0 && begun.Count < throttle)
                {
                    var query = waiting.Dequeue() with { Throttle = throttle };
                    var next = client.ReadByokKeysAsync(query, observer, stop.Token).GetAsyncEnumerator(stop.Token);
                    begun.Enqueue((next, next.MoveNextAsync().AsTask()));
                }

                var (pages, hasMore) = begun.Peek();
                for (; await hasMore.ConfigureAwait(false); hasMore = pages.MoveNextAsync().AsTask())
                {
                    yield return pages.Current;
                }

                begun.Dequeue();
                await pages.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            stop.Cancel();
            foreach (var (pages, hasFirst) in begun)
            {
                await Task.WhenAny(hasFirst).ConfigureAwait(false);
                _ = hasFirst.Exception;
                await pages.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Where reading begins.</summary>
    /// <param name="Skipped">What was passed over.</param>
    /// <param name="Lists">What to read.</param>
    /// <param name="Others">What to read then, where what was passed over may be met again.</param>
    /// <param name="ToSkip">How many to leave out at the beginning of what is read.</param>
    private sealed record Beginning(
        IReadOnlyList<ByokKeyQuery> Skipped,
        IReadOnlyList<ByokKeyQuery> Lists,
        IReadOnlyList<ByokKeyQuery> Others,
        long ToSkip);
}
