using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api.Paging;

/// <summary>Reads a list page by page, although it changes meanwhile and servers miscount.</summary>
/// <remarks>
/// <para>
/// Each page begins with the last entry of the page before. As long as the two agree, nothing moved between them, so
/// nothing was missed. When they do not, the list is read again, one page after the other, and only entries that were
/// not returned before are returned.
/// </para>
/// <para>
/// What this session itself deletes and creates meanwhile is known. Then a page is requested as much further left as
/// its deletes may have moved the list, and may repeat as much more.
/// </para>
/// </remarks>
internal sealed class PagedList<T>
{
    /// <summary>The most entries that the API returns at once.</summary>
    public const int MaximumPageSize = 100;

    private const int MaximumPasses = 5;

    /// <summary>Requests one page.</summary>
    public required PageRequest<T> GetPage { get; init; }

    /// <summary>The id by which an entry is recognized.</summary>
    public required Func<T, string> GetId { get; init; }

    /// <summary>What the caller wanted, for messages, such as "Listing credentials".</summary>
    public required string Purpose { get; init; }

    /// <summary>Receives a message when the list has to be read again.</summary>
    public required IClientObserver Observer { get; init; }

    /// <summary>
    /// A sentence that is added to an error after entries were returned; {0} is how many. Null adds nothing.
    /// </summary>
    public string? IncompleteMessage { get; init; }

    /// <summary>Entries to leave out at the beginning.</summary>
    public int Skip { get; init; }

    /// <summary>The most entries to read, or null for all.</summary>
    public int? First { get; init; }

    /// <summary>The most requests in flight at once.</summary>
    public int MaximumConcurrency { get; init; } = 1;

    /// <summary>
    /// Whether the list ends where the server's count says so. Otherwise a page that is shorter than requested has to
    /// show the end as well.
    /// </summary>
    public bool TrustsCount { get; init; }

    /// <summary>What the session creates and deletes in the list; null when it changes nothing.</summary>
    public SessionChanges? Changes { get; init; }

    /// <summary>
    /// Whether entries are left out that the session creates while the list is read. Without that, a pipeline that
    /// creates one entry for each would never end. To know which these are, the creates in flight are awaited.
    /// </summary>
    public bool LeavesOutCreated { get; init; }

    /// <summary>The pages, each with the entries that no page before had. The first one may be empty.</summary>
    /// <exception cref="OpenRouterException">
    /// A page could not be read, or the list kept changing while it was read.
    /// </exception>
    public async IAsyncEnumerable<Page<T>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var changes = (Changes ?? new SessionChanges()).Watch();
        var returned = new IdSet();
        var count = 0;
        for (var number = 1; number <= MaximumPasses; number++)
        {
            // The first pass returns all that it reads, so one set will do.
            var pass = number == 1
                ? new ListPass<T>(this, changes, returned, returned, MaximumConcurrency, cancellationToken)
                : new ListPass<T>(this, changes, new IdSet(), returned, maximumConcurrency: 1, cancellationToken);
            var isFirst = number == 1;
            await using (pass.ConfigureAwait(false))
            {
                while (await NextAsync(pass, count).ConfigureAwait(false) is { } page)
                {
                    count += page.Items.Count;
                    // The first page tells the count even when the list is empty.
                    if (isFirst || page.Items.Count > 0)
                    {
                        yield return page;
                    }

                    isFirst = false;
                }

                if (pass.IsComplete)
                {
                    yield break;
                }
            }

            Observer.Verbose(Messages.ListChangedWhileRead);
        }

        var failure = new OpenRouterException(
            ErrorReason.InvalidResponse, Messages.ListUnstable, Purpose, MaximumPasses);
        throw Incomplete(failure, count).WithAdvice(Messages.AdviceListChanging);
    }

    private async Task<Page<T>?> NextAsync(ListPass<T> pass, int count)
    {
        var left = First is { } first ? first - count : int.MaxValue;
        try
        {
            return await pass.NextAsync(left).ConfigureAwait(false);
        }
        catch (OpenRouterException failure) when (count > 0)
        {
            throw Incomplete(failure, count);
        }
    }

    private OpenRouterException Incomplete(OpenRouterException failure, int count) =>
        IncompleteMessage is { } format ? failure.WithSentence(Messages.Format(format, count)) : failure;
}
