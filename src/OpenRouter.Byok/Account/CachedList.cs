using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;

namespace OpenRouter.Byok.Account;

/// <summary>A list as it was last read. Callers that want it at the same time share one reading.</summary>
/// <param name="clock">Tells when it was read.</param>
/// <param name="read">Reads the whole list.</param>
[SuppressMessage(
    "Design", "CA1001", Justification = "A semaphore holds nothing to free until its wait handle is asked for.")]
internal sealed class CachedList<T>(
    IClock clock, Func<IClientObserver, CancellationToken, Task<IReadOnlyList<T>>> read)
    where T : class
{
    private readonly SemaphoreSlim readLock = new(1);
    private volatile Reading? last;

    /// <summary>The list as it was last read, however long ago; empty when it never was.</summary>
    public IReadOnlyList<T> Last => last?.Items ?? [];

    /// <summary>The list, read again unless it was read at the given time or later.</summary>
    public async Task<IReadOnlyList<T>> GetAsync(
        DateTimeOffset notBefore, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (last is { } cached && cached.Began >= notBefore)
        {
            return cached.Items;
        }

        await readLock.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (last is { } other && other.Began >= notBefore)
            {
                return other.Items;
            }

            var began = clock.UtcNow;
            var items = await read(observer, cancellationToken).ConfigureAwait(false);
            last = new Reading(items, began);
            return items;
        }
        finally
        {
            readLock.Release();
        }
    }

    private sealed record Reading(IReadOnlyList<T> Items, DateTimeOffset Began);
}
