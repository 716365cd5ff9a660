using System;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api;

/// <summary>Some UTC days, first and last included.</summary>
internal sealed record UsagePeriod(DateTime From, DateTime To)
{
    /// <summary>As many completed days as the API keeps.</summary>
    public const int MaximumDays = 30;

    public static UsagePeriod LastDays(int days, DateTimeOffset now) =>
        new(Today(now).AddDays(-days), Today(now).AddDays(-1));

    /// <summary>One day, by the calendar; at which time of the day, and in which zone, does not matter.</summary>
    /// <exception cref="OpenRouterException">The API does not keep that day, or it is not over.</exception>
    public static UsagePeriod Day(DateTime date, DateTimeOffset now)
    {
        var day = DateTime.SpecifyKind(date.Date, DateTimeKind.Utc);
        var kept = LastDays(MaximumDays, now);
        return kept.Holds(day)
            ? new UsagePeriod(day, day)
            : throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.DateOutside, day, kept.From, kept.To);
    }

    public bool Holds(DateTime day) => day >= From && day <= To;

    private static DateTime Today(DateTimeOffset now) => DateTime.SpecifyKind(now.UtcDateTime.Date, DateTimeKind.Utc);
}
