using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;

namespace OpenRouter.Byok.Api.Http;

/// <summary>Reads the headers that matter, and takes none of them at its word.</summary>
internal static class ResponseHeaders
{
    /// <summary>An id under which the server knows the request: letters, digits, - and _ only, 64 at most.</summary>
    public static string? RequestId(HttpResponseMessage response) =>
        Id(Text(response, "X-Request-Id") ?? Text(response, "CF-Ray"));

    /// <summary>An id under which the server keeps what it generated.</summary>
    public static string? GenerationId(HttpResponseMessage response) => Id(Text(response, "X-Generation-Id"));

    /// <summary>The text when it is such an id, and null when it is anything else.</summary>
    public static string? Id(string? text) => text is { Length: > 0 and <= 64 } && text.All(IsOfId) ? text : null;

    private static bool IsOfId(char c) =>
        c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_';

    /// <summary>
    /// How long the server asks to wait: retry-after-ms, else Retry-After (seconds or a date), else on a 429 the time
    /// of X-RateLimit-Reset (seconds to go, or a Unix time in seconds or milliseconds). Dates count by its own clock.
    /// </summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var serverNow = response.Headers.Date ?? now;
        if (Number(response, "retry-after-ms") is { } milliseconds)
        {
            return FromSeconds(milliseconds / 1000);
        }

        if (Number(response, "Retry-After") is { } seconds)
        {
            return FromSeconds(seconds);
        }

        if (response.Headers.RetryAfter?.Date is { } date)
        {
            return Until(date, serverNow);
        }

        if ((int)response.StatusCode != 429 || Number(response, "X-RateLimit-Reset") is not { } reset)
        {
            return null;
        }

        return reset switch
        {
            > 1e14 => null,
            > 1e11 => Until(DateTimeOffset.FromUnixTimeMilliseconds((long)reset), serverNow),
            > 1e9 => Until(DateTimeOffset.FromUnixTimeSeconds((long)reset), serverNow),
            _ => FromSeconds(reset),
        };
    }

    private static TimeSpan Until(DateTimeOffset then, DateTimeOffset now) => FromSeconds((then - now).TotalSeconds);

    // A year is beyond every limit, and keeps absurd numbers within a TimeSpan.
    private static TimeSpan FromSeconds(double seconds) =>
        TimeSpan.FromSeconds(Math.Min(Math.Max(seconds, 0), TimeSpan.FromDays(365).TotalSeconds));

    private static double? Number(HttpResponseMessage response, string header) =>
        double.TryParse(Text(response, header), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && !double.IsNaN(number) ? number : null;

    private static string? Text(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault() : null;
}
