using System;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api.Http;

/// <summary>When to repeat a request, and after how long.</summary>
/// <param name="MaximumRetryCount">Repetitions after the first attempt; 0 switches retrying off.</param>
internal sealed record RetryPolicy(int MaximumRetryCount)
{
    /// <summary>Repeating ends when this long has passed since the first attempt began, waits included.</summary>
    public TimeSpan TotalLimit { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan MaximumBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A number from 0 to 1 that spreads out clients which failed together.</summary>
    public Func<double> Jitter { get; init; } = NextJitter;

    /// <summary>The wait before the next attempt, or null when there is to be none.</summary>
    /// <param name="failure">What the last attempt ended in.</param>
    /// <param name="attempt">How many attempts there have been.</param>
    /// <param name="elapsed">How long since the first one began.</param>
    public TimeSpan? NextDelay(OpenRouterException failure, int attempt, TimeSpan elapsed)
    {
        if (attempt > MaximumRetryCount)
        {
            return null;
        }

        var delay = failure.RetryAfter ?? Backoff(attempt);
        return elapsed + delay <= TotalLimit ? delay : null;
    }

    /// <summary>Whether the cause may pass, so that repeating may help.</summary>
    /// <param name="failure">What the attempt ended in.</param>
    /// <param name="isUpdate">Whether it was a PATCH: to that, 409 says that another change was under way.</param>
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
        var longest = Math.Min(
            MaximumBackoff.TotalMilliseconds, FirstDelay.TotalMilliseconds * Math.Pow(2, attempt - 1));
        return TimeSpan.FromMilliseconds(longest * (0.5 + (Jitter() / 2)));
    }

    // Thread-safe without shared state; nothing here needs to be unpredictable.
    private static double NextJitter() => (Guid.NewGuid().GetHashCode() & 0xFFFF) / 65535.0;
}
