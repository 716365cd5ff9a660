using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Session;

namespace OpenRouter.Byok.Completion;

/// <summary>
/// What completion can find out about the account within a short time. What was read in the last minutes is not read
/// again, a read that takes longer goes on in the background for a later key press, and a failure is silent.
/// </summary>
/// <param name="boundParameters">What the command line holds so far.</param>
internal sealed class CompletionLookup(IDictionary boundParameters)
{
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    /// <summary>The session that the command line means, if there is one.</summary>
    public OpenRouterSession? Session { get; } = FindSession(boundParameters);

    /// <summary>Whether the command line has the parameter.</summary>
    public bool HasParameter(string name) => boundParameters.Contains(name);

    public IReadOnlyList<OpenRouterApiKey> ApiKeys => Session is not { } session ? []
        : Read(
            session,
            nameof(OpenRouterApiKey),
            stop => session.Account.GetApiKeysAsync(NotBefore(session), NullObserver.Instance, stop))
        ?? session.Account.ApiKeys;

    /// <summary>A list of the account.</summary>
    public IReadOnlyList<T> Read<T>(Func<AccountCache, CachedList<T>> choose)
        where T : class
    {
        if (Session is not { } session)
        {
            return [];
        }

        var list = choose(session.Account);
        return Read(
                session,
                typeof(T).Name,
                stop => list.GetAsync(NotBefore(session), NullObserver.Instance, stop))
            ?? list.Last;
    }

    /// <summary>The credentials that the command line is about.</summary>
    /// <param name="inAnyWorkspace">Whether those of all workspaces are meant where no workspace is given.</param>
    public IReadOnlyList<ByokKey> GetByokKeys(bool inAnyWorkspace)
    {
        if (Session is not { } session)
        {
            return [];
        }

        try
        {
            var selection = new TypedKeySelection(boundParameters);
            var notBefore = NotBefore(session);
            Read(session, selection.ToString(), stop => selection.ReadAsync(session, notBefore, stop));
            return selection.FindIn(session, inAnyWorkspace);
        }
        catch (Exception exception) when (exception is RuntimeException or OpenRouterException)
        {
            // What was typed is not an argument, or not a pattern, yet.
            return [];
        }
    }

    /// <summary>The cached credentials, and whether they are all that the default list of the session has.</summary>
    public (IEnumerable<ByokKey> Keys, bool AreAll) GetCachedByokKeys() => Session is { } session
        ? (session.Account.ByokKeys.All,
            session.Account.ByokKeys.IsComplete(session.WorkspaceId, NotBefore(session)))
        : ([], false);

    private static DateTimeOffset NotBefore(OpenRouterSession session) => session.UtcNow - MaxAge;

    private static OpenRouterSession? FindSession(IDictionary boundParameters)
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

    /// <summary>
    /// Reads in the background and waits a little for the end; null when it is late or fails. Nobody waits for what
    /// another key press has waited for already and is still being read.
    /// </summary>
    private static T? Read<T>(OpenRouterSession session, string name, Func<CancellationToken, Task<T>> read)
        where T : class
    {
        if (!session.PendingReads.TryAdd(name, true))
        {
            return null;
        }

        var reading = Task.Run(async () =>
        {
            using var limit = new CancellationTokenSource(ReadTimeout);
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
                session.PendingReads.TryRemove(name, out _);
            }
        });
        return reading.Wait(session.CompletionTimeout) ? reading.Result : null;
    }
}
