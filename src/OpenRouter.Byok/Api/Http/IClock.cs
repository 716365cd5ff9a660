using System;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api.Http;

/// <summary>The current time and delays; tests replace it so that they do not have to wait.</summary>
internal interface IClock
{
    DateTimeOffset UtcNow { get; }

    Task Delay(TimeSpan delay, CancellationToken cancellationToken);
}

internal sealed class SystemClock : IClock
{
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, cancellationToken);
}
