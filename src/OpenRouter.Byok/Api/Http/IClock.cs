using System;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Api.Http;

/// <summary>Time as the retry policy sees it, so that tests need not wait.</summary>
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
