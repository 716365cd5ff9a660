using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Cmdlets;

namespace OpenRouter.Byok.Completion;

/// <summary>A look at the account that makes nobody wait long. Completion has nobody to tell of failures.</summary>
internal static class Glance
{
    /// <summary>How long a key press may wait.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    // What comes too late for this key press is there for the next one.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    public delegate Task<IReadOnlyList<T>> Reading<T>(
        AccountDirectory directory,
        DateTimeOffset notBefore,
        IClientObserver observer,
        CancellationToken cancellationToken);

    /// <summary>The session that the command line means, if there is one.</summary>
    public static OpenRouterSession? SessionOf(IDictionary boundParameters)
    {
        try
        {
            // A variable that holds no session yet may be meant to hold that of another account.
            return boundParameters.Contains("Session")
                ? Arguments.Unwrap(boundParameters["Session"]) as OpenRouterSession
                : SessionTable.Current;
        }
        catch (OpenRouterException)
        {
            return null;
        }
    }

    /// <summary>What was read in the last minutes or can be read at once; else what is left from before.</summary>
    public static IReadOnlyList<T> At<T>(
        IDictionary boundParameters, Reading<T> read, Func<SeenAccount, IReadOnlyList<T>> left)
    {
        if (SessionOf(boundParameters) is not { } session) return [];
        var notBefore = session.UtcNow - Lately;
        var reading = Task.Run(async () =>
        {
            using var limit = new CancellationTokenSource(Longest);
            try
            {
                return await read(session.Directory, notBefore, SilentObserver.Instance, limit.Token)
                    .ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is OpenRouterException or OperationCanceledException)
            {
                return null;
            }
        });
        return (reading.Wait(Patience) ? reading.Result : null) ?? left(session.Seen);
    }
}

internal sealed class SilentObserver : IClientObserver
{
    public static readonly SilentObserver Instance = new();

    public void Answered(RequestSummary request)
    {
    }

    public void Waiting(string reason, TimeSpan delay)
    {
    }

    public void Note(string message)
    {
    }
}
