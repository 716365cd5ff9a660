using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;

namespace OpenRouter.Byok.Completion;

/// <summary>The credentials that completion can offer without making anyone wait.</summary>
internal static class SeenKeys
{
    /// <summary>What the session has seen already.</summary>
    public static IReadOnlyList<ByokKey> AtHand(IDictionary boundParameters) =>
        Glance.SessionOf(boundParameters)?.KnownKeys.All.ToList() ?? [];

    /// <summary>What the session has seen, or what a quick look shows when it has seen nothing.</summary>
    public static IReadOnlyList<ByokKey> Recent(IDictionary boundParameters)
    {
        if (Glance.SessionOf(boundParameters) is not { } session) return [];
        if (session.KnownKeys.All.Count > 0) return session.KnownKeys.All.ToList();

        using var limit = new CancellationTokenSource(Glance.Patience);
        try
        {
            Task.Run(() => LookAsync(session, limit.Token)).Wait();
        }
        catch (AggregateException)
        {
            // Completion has nobody to tell; it offers nothing.
        }

        return session.KnownKeys.All.ToList();
    }

    private static async Task LookAsync(OpenRouterSession session, CancellationToken cancellationToken)
    {
        var query = new ByokKeyQuery(session.WorkspaceId) { First = 100 };
        var list = new ByokKeyList(session.Client, query, new IdSet(), SilentObserver.Instance);
        await foreach (var page in list.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            session.KnownKeys.Remember(page);
        }
    }
}
