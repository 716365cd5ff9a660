using System;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api.Http;

/// <summary>
/// Holds all requests of a session back when the server limits one, and lets them in again one by one: the first ones
/// far apart, each a little closer to the one before it, until nothing is held back any more.
/// </summary>
internal sealed class RateGate(IClock clock)
{
    // From one limit to full speed it is a second, in which some eighty requests begin.
    private const double Shrinking = 0.95;
    private static readonly TimeSpan FirstSpacing = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan NoSpacing = TimeSpan.FromMilliseconds(1);

    private readonly object gate = new();
    private DateTimeOffset opens = DateTimeOffset.MinValue;
    private DateTimeOffset nextEntry = DateTimeOffset.MinValue;
    private TimeSpan spacing = TimeSpan.Zero;
    private int closings;

    /// <summary>Lets nobody in for so long.</summary>
    public void Close(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        lock (gate)
        {
            spacing = FirstSpacing;
            var end = clock.UtcNow + wait;
            if (end <= opens)
            {
                return;
            }

            opens = end;
            if (nextEntry < opens)
            {
                nextEntry = opens;
            }

            closings++;
        }
    }

    /// <summary>Waits for one's turn; there is nothing to wait for as long as nobody is limited.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        // Whoever waits for a turn when another limit is met waits for a later one.
        while (TakeTurn() is { Wait.Ticks: > 0 } turn)
        {
            await clock.Delay(turn.Wait, cancellationToken).ConfigureAwait(false);
            if (turn.Closings == Volatile.Read(ref closings))
            {
                return;
            }
        }
    }

    private (TimeSpan Wait, int Closings) TakeTurn()
    {
        lock (gate)
        {
            var now = clock.UtcNow;
            var wait = nextEntry > now ? nextEntry - now : TimeSpan.Zero;
            if (spacing > TimeSpan.Zero)
            {
                nextEntry = now + wait + spacing;
                spacing = TimeSpan.FromTicks((long)(spacing.Ticks * Shrinking));
                if (spacing < NoSpacing)
                {
                    spacing = TimeSpan.Zero;
                }
            }

            return (wait, closings);
        }
    }
}
