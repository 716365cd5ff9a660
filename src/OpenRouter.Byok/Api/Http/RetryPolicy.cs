using System;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api.Http;

/// <summary>Determines whether a request is retried, and after which delay.</summary>
/// <param name="MaximumRetryCount">The number of attempts after the first one; 0 turns retries off.</param>
internal sealed record RetryPolicy(int MaximumRetryCount)
{
    /// <summary>
    /// The time since the start of the first attempt, including delays, after which a request is no longer retried.
    /// </summary>
    public TimeSpan TotalLimit { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan MaximumBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Returns a number from 0 to 1 that spreads the retries of clients that failed at the same time.
    /// </summary>
    public Func<double> Jitter { get; init; } = NextJitter;

    /// <summary>The delay before the next attempt; null if there is none.</summary>
    /// <param name="failure">The failure of the last attempt.</param>
    /// <param name="attempt">The number of attempts so far.</param>
    /// <param name="elapsed">The time since the start of the first attempt.</param>
    public TimeSpan? NextDelay(OpenRouterException failure, int attempt, TimeSpan elapsed)
    {
        if (attempt > MaximumRetryCount)
        {
            return null;
        }

        var delay = failure.RetryAfter ?? Backoff(attempt);
        return elapsed + delay <= TotalLimit ? delay : null;
    }

    /// <summary>Whether the cause may be temporary, so that a retry may succeed.</summary>
    /// <param name="failure">The failure of the attempt.</param>
    /// <param name="isUpdate">Whether it was a PATCH, for which 409 means that another change was in progress.</param>
    public static bool IsTransient(OpenRouterException failure, bool isUpdate = false) => failure.StatusCode switch
    {
        409 => isUpdate,
        408 or 429 or 500 or 502 or 503 or 504 or 524 or 529 => true,
        null => !failure.IsPermanent
            && failure.Reason is ErrorReason.ConnectionFailed or ErrorReason.Timeout or ErrorReason.InvalidResponse,
        _ => false,
    };

    private TimeSpan Backoff(int attempt)
    {
        var maximum = Math.Min(
            MaximumBackoff.TotalMilliseconds, FirstDelay.TotalMilliseconds * Math.Pow(2, attempt - 1));
        return TimeSpan.FromMilliseconds(maximum * (0.5 + (Jitter() / 2)));
    }

    // Thread-safe without shared state; the number does not have to be unpredictable.
    private static double NextJitter() => (Guid.NewGuid().GetHashCode() & 0xFFFF) / 65535.0;
}
