using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api.Creation;

/// <summary>Runs calls with the same key one after the other. Thread-safe.</summary>
internal sealed class KeyedLock<TKey>(IEqualityComparer<TKey> comparer)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, SemaphoreSlim> semaphores = new(comparer);

    public async Task<T> RunAsync<T>(TKey key, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var semaphore = semaphores.GetOrAdd(key, _ => new SemaphoreSlim(1));
        await semaphore.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await call().ConfigureAwait(false);
        }
        finally
        {
            semaphore.Release();
        }
    }
}
