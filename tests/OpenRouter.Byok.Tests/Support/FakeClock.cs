using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;

namespace OpenRouter.Byok.Tests;

/// <summary>A clock on which waiting takes no time.</summary>
internal sealed class FakeClock : IClock
{
    private readonly List<TimeSpan> delays = [];

    public DateTimeOffset UtcNow { get; private set; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<TimeSpan> Delays => delays;

    /// <summary>Lets time go by.</summary>
    public void Pass(TimeSpan time) => UtcNow += time;

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        delays.Add(delay);
        UtcNow += delay;
        return Task.CompletedTask;
    }
}
