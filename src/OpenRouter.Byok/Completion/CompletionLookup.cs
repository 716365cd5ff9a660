using System;
using System.Collections;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Session;

namespace OpenRouter.Byok.Completion;

/// <summary>A look at the account that makes nobody wait long. Completion has nobody to tell of failures.</summary>
internal static class CompletionLookup
{
    // What comes too late for this key press is there for a later one.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

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

    /// <summary>What was read at this time or later need not be read again for completion.</summary>
    public static DateTimeOffset NotBefore(OpenRouterSession session) => session.UtcNow - MaxAge;

    /// <summary>What was read in the last minutes or can be read at once; else what is left from before.</summary>
    public static IReadOnlyList<T> At<T>(
        IDictionary boundParameters, Reading<T> read, Func<SeenAccount, IReadOnlyList<T>> left)
    {
        if (SessionOf(boundParameters) is not { } session) return [];
        var notBefore = NotBefore(session);
        return Read(
                session,
                typeof(T).Name,
                stop => read(session.Directory, notBefore, NullObserver.Instance, stop))
            ?? left(session.Seen);
    }

    /// <summary>
    /// Reads in the background and waits a little for the end; null when it is late or fails. Nobody waits for what
    /// another key press has waited for already, and which is still being read.
    /// </summary>
    public static T? Read<T>(OpenRouterSession session, string what, Func<CancellationToken, Task<T>> read)
        where T : class
    {
        if (!session.PendingReads.TryAdd(what, true)) return null;
        var reading = Task.Run(async () =>
        {
            using var limit = new CancellationTokenSource(Longest);
            try
            {
                return await read(limit.Token).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is OpenRouterException or OperationCanceledException)
            {
                return null;
            }
            finally
            {
                session.PendingReads.TryRemove(what, out _);
            }
        });
        return reading.Wait(session.CompletionTimeout) ? reading.Result : null;
    }
}

internal sealed class NullObserver : IClientObserver
{
    public static readonly NullObserver Instance = new();

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
