using System;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api;

/// <summary>Holds all requests of a session back when the server limits one, and lets them in again one by one.</summary>
internal sealed class RateGate(IClock clock)
{
    // So a run that was limited comes back with at most twenty requests a second, until nobody waits any more.
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(50);

    private readonly object gate = new();
    private DateTimeOffset nextEntry = DateTimeOffset.MinValue;

    /// <summary>Lets nobody in for so long.</summary>
    public void Close(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero) return;
        lock (gate)
        {
            var opens = clock.UtcNow + wait;
            if (opens > nextEntry) nextEntry = opens;
        }
    }

    /// <summary>Waits for one's turn; there is nothing to wait for as long as nobody is limited.</summary>
    public Task EnterAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (gate)
        {
            wait = nextEntry - clock.UtcNow;
            if (wait <= TimeSpan.Zero) return Task.CompletedTask;
            nextEntry += Spacing;
        }

        return clock.Delay(wait, cancellationToken);
    }
}
