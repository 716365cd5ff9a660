using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api.Creation;

/// <summary>
/// Separates the creates of a session: those for the same provider and workspace run one after the other, and each
/// credential belongs to one call. So after a lost response, a matching credential is not that of another call of the
/// session.
/// </summary>
internal sealed class CreateCoordinator
{
    private readonly KeyedLock<(string Provider, string? WorkspaceId)> locks =
        new(EqualityComparer<(string, string?)>.Default);

    private readonly ConcurrentDictionary<string, bool> claimed = new(StringComparer.Ordinal);

    public Task<T> RunAsync<T>(NewByokKey key, Func<Task<T>> create, CancellationToken cancellationToken) =>
        locks.RunAsync((key.Provider, key.WorkspaceId), create, cancellationToken);

    /// <summary>Records that a call of the session created the credential.</summary>
    public void Claim(ByokKey key) => claimed[key.Id] = true;

    public bool IsClaimed(ByokKey key) => claimed.ContainsKey(key.Id);
}
