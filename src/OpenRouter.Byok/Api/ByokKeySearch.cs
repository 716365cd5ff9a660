using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api;

/// <summary>Credentials of several workspaces and providers as one list, filtered and cut to a page of it.</summary>
/// <remarks>What the API can filter or skip it is asked to; the rest is done as the pages stream by.</remarks>
internal sealed class ByokKeySearch(OpenRouterClient client, IClientObserver observer)
{
    /// <summary>The workspaces to look in; a null stands for the account's default one.</summary>
    public required IReadOnlyList<string?> WorkspaceIds { get; init; }

    /// <summary>The providers to ask for; a null stands for all.</summary>
    public required IReadOnlyList<string?> Providers { get; init; }

    /// <summary>What the API cannot filter by.</summary>
    public Func<ByokKey, bool>? Filter { get; init; }

    public long Skip { get; init; }

    public long First { get; init; } = long.MaxValue;

    public int Throttle { get; init; } = 8;

    /// <summary>How many there are in all: known with the first page, unless it takes reading them all.</summary>
    public long? TotalCount { get; private set; }

    private bool IsOneQuery => WorkspaceIds.Count == 1 && Providers.Count == 1 && Filter is null;

    /// <summary>The page that Skip and First cut out.</summary>
    public IAsyncEnumerable<IReadOnlyList<ByokKey>> ReadAsync(CancellationToken cancellationToken) =>
        IsOneQuery && Skip <= int.MaxValue ? ReadOneQueryAsync(cancellationToken) : ReadAndCutAsync(cancellationToken);

    /// <summary>The same page, after everything was counted.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ByokKey>> CountAndReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (IsOneQuery)
        {
            await foreach (var page in ReadAsync(cancellationToken).ConfigureAwait(false)) yield return page;
            yield break;
        }

        var wanted = new List<ByokKey>();
        var total = 0L;
        await foreach (var page in ReadMatchesAsync(Throttle, cancellationToken).ConfigureAwait(false))
        {
            foreach (var key in page)
            {
                if (total >= Skip && total - Skip < First) wanted.Add(key);
                total++;
            }
        }

        TotalCount = total;
        yield return wanted;
    }

    private async IAsyncEnumerable<IReadOnlyList<ByokKey>> ReadOneQueryAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Even to learn the count alone, one credential must be asked for.
        var first = First > int.MaxValue ? (int?)null : (int)Math.Max(First, 1);
        var query = new ByokKeyQuery(WorkspaceIds[0], Providers[0])
        {
            Skip = (int)Skip,
            First = first,
            Throttle = Throttle,
        };
        var list = new ByokKeyList(client, query, new IdSet(), observer);
        await foreach (var page in list.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            TotalCount ??= list.TotalCount;
            yield return First == 0 ? [] : page;
        }

        TotalCount ??= list.TotalCount;
    }

    private async IAsyncEnumerable<IReadOnlyList<ByokKey>> ReadAndCutAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var toSkip = Skip;
        var left = First;
        // A page too many is a request too many when only some are wanted.
        var throttle = First == long.MaxValue ? Throttle : 1;
        await foreach (var page in ReadMatchesAsync(throttle, cancellationToken).ConfigureAwait(false))
        {
            var wanted = new List<ByokKey>();
            foreach (var key in page)
            {
                if (toSkip > 0) toSkip--;
                else if (left > 0)
                {
                    wanted.Add(key);
                    left--;
                }
            }

            if (wanted.Count > 0) yield return wanted;
            if (left == 0) yield break;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<ByokKey>> ReadMatchesAsync(
        int throttle, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shown = new IdSet();
        var queries =
            from workspace in WorkspaceIds
            from provider in Providers
            select new ByokKeyQuery(workspace, provider) { Throttle = throttle };
        await foreach (var page in ReadSideBySideAsync(queries, throttle, cancellationToken).ConfigureAwait(false))
        {
            yield return page.Where(key => shown.Add(key.Id) && (Filter is null || Filter(key))).ToList();
        }
    }

    // The first pages of the lists to come are asked for while one is read: many short lists take no longer than one.
    private async IAsyncEnumerable<IReadOnlyList<ByokKey>> ReadSideBySideAsync(
        IEnumerable<ByokKeyQuery> queries, int throttle, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new Queue<ByokKeyQuery>(queries);
        var begun = new Queue<(IAsyncEnumerator<IReadOnlyList<ByokKey>> Pages, Task<bool> HasFirst)>();
        try
        {
            while (waiting.Count > 0 || begun.Count > 0)
            {
                while (waiting.Count > 0 && begun.Count < throttle)
                {
                    var list = new ByokKeyList(client, waiting.Dequeue(), new IdSet(), observer);
                    var next = list.ReadAsync(stop.Token).GetAsyncEnumerator(stop.Token);
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
}
