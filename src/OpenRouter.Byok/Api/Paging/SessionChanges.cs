using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api.Paging;

/// <summary>
/// The creates and deletes of one session, for the lists that it reads meanwhile: they move what follows them, and a
/// list that knows of them can tell them from changes that others make.
/// </summary>
internal sealed class SessionChanges
{
    private readonly object gate = new();
    private readonly HashSet<SessionChange> inFlight = [];
    private readonly List<ChangeWatch> watches = [];
    private long ended;

    /// <summary>To be called before a delete is sent; the result is to be disposed of when the delete ended.</summary>
    public SessionChange BeginDelete(string id) => Begin(new SessionChange(this, id));

    /// <summary>The same for a create, whose id is known at its end.</summary>
    public SessionChange BeginCreate() => Begin(new SessionChange(this, deletedId: null));

    /// <summary>Records the changes in flight and those to come, until it is disposed of.</summary>
    public ChangeWatch Watch()
    {
        lock (gate)
        {
            var watch = new ChangeWatch(this, inFlight);
            watches.Add(watch);
            return watch;
        }
    }

    private SessionChange Begin(SessionChange change)
    {
        lock (gate)
        {
            inFlight.Add(change);
            foreach (var watch in watches)
            {
                watch.Begun(change);
            }
        }

        return change;
    }

    internal void End(SessionChange change)
    {
        lock (gate)
        {
            if (!inFlight.Remove(change))
            {
                return;
            }

            change.EndedAs = ++ended;
            foreach (var watch in watches)
            {
                watch.Ended(change);
            }
        }

        change.Complete();
    }

    internal void End(ChangeWatch watch)
    {
        lock (gate)
        {
            watches.Remove(watch);
        }
    }

    internal T Read<T>(Func<long, T> read)
    {
        lock (gate)
        {
            return read(ended);
        }
    }
}

/// <summary>One create or delete, from before it is sent until its response is there.</summary>
internal sealed class SessionChange(SessionChanges owner, string? deletedId) : IDisposable
{
    private readonly TaskCompletionSource<bool> end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The credential that is deleted; null for a create.</summary>
    public string? DeletedId => deletedId;

    /// <summary>The credential that was created, once that is known.</summary>
    public string? CreatedId { get; set; }

    /// <summary>Its number in the order in which the changes ended; null while it is in flight.</summary>
    public long? EndedAs { get; internal set; }

    /// <summary>Complete when it is over.</summary>
    public Task End => end.Task;

    public void Dispose() => owner.End(this);

    internal void Complete() => end.TrySetResult(true);
}

/// <summary>What a session changes while one list is read.</summary>
internal sealed class ChangeWatch : IDisposable
{
    private readonly SessionChanges owner;
    private readonly IdSet created = new();
    private readonly List<SessionChange> changes;

    public ChangeWatch(SessionChanges owner, IEnumerable<SessionChange> inFlight)
    {
        this.owner = owner;
        changes = [.. inFlight];
    }

    /// <summary>
    /// A moment: a page that is requested after it shows the changes that had ended by then. See <see cref="Forget"/>.
    /// </summary>
    public long Now => owner.Read(ended => ended);

    public void Dispose() => owner.End(this);

    /// <summary>
    /// Forgets the changes that had ended by that moment, since a page that was requested later shows them.
    /// </summary>
    public void Forget(long moment) => owner.Read(_ => changes.RemoveAll(change => change.EndedAs <= moment));

    /// <summary>How far the changes that are not forgotten can have moved a list that was read in part.</summary>
    /// <param name="read">
    /// The ids that were read. A delete of another one moves nothing before it, unless the session created that, too.
    /// </param>
    public Shifts Shifts(IdSet read) => owner.Read(_ =>
    {
        var (deletes, creates, others, isDeleting) = (0, 0, 0, false);
        foreach (var change in changes)
        {
            if (change.DeletedId is not { } id)
            {
                creates++;
            }
            else if (read.Contains(id) || created.Contains(id))
            {
                deletes++;
                isDeleting |= change.EndedAs is null;
            }
            else
            {
                others++;
            }
        }

        return new Shifts(deletes, creates, others, isDeleting);
    });

    /// <summary>The ids of the entries that the session created since the watch began.</summary>
    public HashSet<string> CreatedAmong<T>(IReadOnlyList<T> items, Func<T, string> getId) =>
        owner.Read(_ => new HashSet<string>(
            created.IsEmpty ? [] : items.Select(getId).Where(created.Contains), StringComparer.Ordinal));

    /// <summary>Waits for the creates in flight, after which it is known what they created.</summary>
    public async Task WaitForCreatesAsync(CancellationToken cancellationToken)
    {
        var ends = owner.Read(_ => changes
            .Where(change => change is { DeletedId: null, EndedAs: null }).Select(change => change.End).ToList());
        if (ends.Count == 0)
        {
            return;
        }

        var cancelled = new TaskCompletionSource<bool>();
        using (cancellationToken.Register(() => cancelled.TrySetCanceled()))
        {
            await (await Task.WhenAny(Task.WhenAll(ends), cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    internal void Begun(SessionChange change) => changes.Add(change);

    internal void Ended(SessionChange change)
    {
        if (change.CreatedId is { } id)
        {
            created.Add(id);
        }
    }
}

/// <summary>How far a list may have moved: by one to the left for a delete, by one to the right for a create.</summary>
/// <param name="Deletes">How many deletes may have moved it.</param>
/// <param name="Creates">How many creates may have moved it.</param>
/// <param name="Others">How many deletes were of what was not read, so they moved at most what comes later.</param>
/// <param name="IsDeleting">Whether one of the deletes is in flight.</param>
internal readonly record struct Shifts(int Deletes, int Creates, int Others, bool IsDeleting)
{
    public bool IsNone => Deletes == 0 && Creates == 0;

    public bool IsNothingAtAll => IsNone && Others == 0;
}
