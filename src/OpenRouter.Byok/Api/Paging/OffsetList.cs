using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api.Paging;

/// <summary>A page of a list. TotalCount is what the server says; some lists have none.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, int? TotalCount);

/// <summary>Reads a list page by page, although others change it meanwhile.</summary>
/// <remarks>
/// Each page begins with the last entry of the page before. When the two do not agree, something moved, and the list is
/// read again; only what was not shown before is shown.
/// </remarks>
/// <param name="purpose">What is read, for messages.</param>
/// <param name="largestPage">A page with fewer entries is the last one, where the server does not count.</param>
/// <param name="idOf">What an entry is known by.</param>
/// <param name="read">Reads the page that begins at an offset.</param>
internal sealed class OffsetList<T>(
    string purpose, int largestPage, Func<T, string> idOf, Func<int, CancellationToken, Task<Page<T>>> read)
    where T : class
{
    private const int MaximumPasses = 5;

    /// <exception cref="OpenRouterException">A page could not be had, or the list did not hold still.</exception>
    public async IAsyncEnumerable<IReadOnlyList<T>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        for (var pass = 1; pass <= MaximumPasses; pass++)
        {
            string? lastId = null;
            var isEnd = false;
            for (var offset = 0; !isEnd;)
            {
                var page = await read(offset, cancellationToken).ConfigureAwait(false);
                var size = page.Items.Count;
                if (size == 0 && lastId is null) yield break;
                if (lastId is not null && (size == 0 || idOf(page.Items[0]) != lastId)) break;

                List<T> fresh = [.. page.Items.Where(item => shown.Add(idOf(item)))];
                if (fresh.Count > 0) yield return fresh;
                var covered = offset + size;
                var isStuck = lastId is not null && size == 1;
                isEnd = isStuck || (page.TotalCount is { } total ? covered >= total : size < largestPage);
                lastId = idOf(page.Items[size - 1]);
                offset = covered - 1;
            }

            if (isEnd) yield break;
        }

        throw new OpenRouterException(ErrorReason.InvalidResponse, Messages.LookupUnstable, purpose, MaximumPasses)
        {
            Advice = Messages.AdviceListChanging,
        };
    }
}
