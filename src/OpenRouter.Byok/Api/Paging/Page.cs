using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api.Paging;

/// <summary>A page of a list.</summary>
/// <param name="Items">The entries, in the server's order.</param>
/// <param name="TotalCount">
/// How many entries the whole list has by the server's count, which may be wrong; null when it gives none.
/// </param>
/// <param name="ClockSkew">How far the server's clock is ahead of this computer's; null when it gave no date.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, long? TotalCount, TimeSpan? ClockSkew = null);

/// <summary>Gets the page that begins at an offset and has at most as many entries as the limit.</summary>
internal delegate Task<Page<T>> PageRequest<T>(int offset, int limit, CancellationToken cancellationToken);
