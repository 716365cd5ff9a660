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
    private readonly ConcurrentDictionary<TKey, SemaphoreSlim> turns = new(comparer);

    public async Task<T> RunAsync<T>(TKey key, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var turn = turns.GetOrAdd(key, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await call().ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }
}
