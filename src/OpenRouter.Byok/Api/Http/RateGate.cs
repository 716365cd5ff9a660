using System;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api.Http;

/// <summary>
/// Delays all requests of a session when the server rate-limits one of them, and then releases them one by one at
/// intervals that shrink until requests are no longer delayed.
/// </summary>
internal sealed class RateGate(IClock clock)
{
    // Full speed is reached after about a second, in which some eighty requests start.
    private const double SpacingFactor = 0.95;
    private static readonly TimeSpan FirstSpacing = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MinimumSpacing = TimeSpan.FromMilliseconds(1);

    private readonly object stateLock = new();
    private DateTimeOffset opensAt = DateTimeOffset.MinValue;
    private DateTimeOffset nextEntry = DateTimeOffset.MinValue;
    private TimeSpan spacing = TimeSpan.Zero;
    private int closeCount;

    /// <summary>Delays all requests for at least the given time.</summary>
    public void Close(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        lock (stateLock)
        {
            spacing = FirstSpacing;
            var end = clock.UtcNow + wait;
            if (end <= opensAt)
            {
                return;
            }

            opensAt = end;
            if (nextEntry < opensAt)
            {
                nextEntry = opensAt;
            }

            closeCount++;
        }
    }

    /// <summary>Waits until a request may be sent; without a rate limit, it does not wait.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        // If the gate is closed again during the wait, the request waits for a later time.
        while (ReserveEntry() is { Wait.Ticks: > 0 } slot)
        {
            await clock.Delay(slot.Wait, cancellationToken).ConfigureAwait(false);
            if (slot.CloseCount == Volatile.Read(ref closeCount))
            {
                return;
            }
        }
    }

    private (TimeSpan Wait, int CloseCount) ReserveEntry()
    {
        lock (stateLock)
        {
            var now = clock.UtcNow;
            var wait = nextEntry > now ? nextEntry - now : TimeSpan.Zero;
            if (spacing > TimeSpan.Zero)
            {
                nextEntry = now + wait + spacing;
                spacing = TimeSpan.FromTicks((long)(spacing.Ticks * SpacingFactor));
                if (spacing < MinimumSpacing)
                {
                    spacing = TimeSpan.Zero;
                }
            }

            return (wait, closeCount);
        }
    }
}
