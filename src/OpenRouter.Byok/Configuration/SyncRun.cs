using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Makes the changes of a plan, and knows what came of each. Thread-safe.</summary>
internal sealed class SyncRun(ConfigurationApplier applier)
{
    private readonly ConcurrentQueue<ByokConfigurationChange> undone = new();
    private readonly Dictionary<ProviderScope, Task<bool>> lastCreates = [];
    private int completed;
    private volatile bool hasEnded;

    public int Completed => completed;

    /// <summary>What was not done, for whatever reason.</summary>
    public IReadOnlyCollection<ByokConfigurationChange> Undone => undone;

    /// <summary>Notes that a change is not made, and returns it with the reason.</summary>
    public ByokConfigurationChange Skip(ByokConfigurationChange change, string? reason)
    {
        var skipped = change.After(ByokConfigurationStatus.NotAttempted, reason);
        undone.Enqueue(skipped);
        return skipped;
    }

    /// <summary>Notes that a change turned out to be impossible, and returns it with the reason.</summary>
    public ByokConfigurationChange Block(ByokConfigurationChange change, string reason)
    {
        var blocked = change.After(
            ByokConfigurationStatus.NotAttempted, reason, action: ByokConfigurationAction.Blocked);
        undone.Enqueue(blocked);
        return blocked;
    }

    /// <summary>Prepares a change. Those that create credentials of one provider wait for each other.</summary>
    /// <returns>The work, which never throws <see cref="OpenRouterException"/>.</returns>
    public Func<IClientObserver, CancellationToken, Task<ByokConfigurationChange>> Prepare(
        ByokConfigurationChange change, SecureString? key)
    {
        if (change.Action != ByokConfigurationAction.Create)
        {
            return (observer, cancellationToken) => ApplyAsync(change, key, observer, cancellationToken);
        }

        var scope = new ProviderScope(change.WorkspaceId, change.Provider);
        lastCreates.TryGetValue(scope, out var before);
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lastCreates[scope] = done.Task;
        return (observer, cancellationToken) =>
            CreateInTurnAsync(change, key, before ?? Task.FromResult(true), done, observer, cancellationToken);
    }

    // The order in which credentials are created is the order in which they are tried.
    private async Task<ByokConfigurationChange> CreateInTurnAsync(
        ByokConfigurationChange change,
        SecureString? key,
        Task<bool> before,
        TaskCompletionSource<bool> done,
        IClientObserver observer,
        CancellationToken cancellationToken)
    {
        var isDone = false;
        try
        {
            if (!await before.ConfigureAwait(false))
            {
                return Skip(change, Messages.SyncEarlierFailed);
            }

            var result = await ApplyAsync(change, key, observer, cancellationToken).ConfigureAwait(false);
            isDone = result.Status == ByokConfigurationStatus.Completed;
            return result;
        }
        finally
        {
            done.SetResult(isDone);
        }
    }

    private async Task<ByokConfigurationChange> ApplyAsync(
        ByokConfigurationChange change,
        SecureString? key,
        IClientObserver observer,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (hasEnded)
        {
            return Skip(change, Messages.SyncNotAttempted);
        }

        try
        {
            var result = await applier.ApplyAsync(change, key, observer, cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref completed);
            return result;
        }
        catch (OpenRouterException failure)
        {
            hasEnded |= failure.EndsCommand;
            var failed = change.After(ByokConfigurationStatus.Failed, failure.Message);
            undone.Enqueue(failed);
            return failed;
        }
    }

    /// <summary>What was and was not done, as an error; null when everything was.</summary>
    public OpenRouterException? Incompleteness()
    {
        if (undone.IsEmpty)
        {
            return null;
        }

        var lines = undone.OrderBy(change => change, ChangeOrder.Instance).Select(PlanText.Heading).ToList();
        var summary = Messages.Format(Messages.ConfigurationIncomplete, completed, completed + lines.Count);
        return new OpenRouterException(
            ErrorReason.ConfigurationIncomplete, summary + "\n" + string.Join("\n", lines));
    }
}
