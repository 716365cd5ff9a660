using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api;

/// <summary>
/// Keeps the creates of one session apart: those of one provider and workspace go one after the other, and each
/// credential belongs to one call. So a lost answer is looked for while no other call of the session makes its like.
/// </summary>
internal sealed class CreationLedger
{
    private readonly ConcurrentDictionary<(string Provider, string? WorkspaceId), SemaphoreSlim> turns = new();
    private readonly ConcurrentDictionary<string, bool> claimed = new(StringComparer.Ordinal);

    public async Task<T> InTurnAsync<T>(NewByokKey key, Func<Task<T>> create, CancellationToken cancellationToken)
    {
        var turn = turns.GetOrAdd((key.Provider, key.WorkspaceId), _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await create().ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Claim(ByokKey key) => claimed[key.Id] = true;

    public bool IsClaimed(ByokKey key) => claimed.ContainsKey(key.Id);
}
