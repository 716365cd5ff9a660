using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;

namespace OpenRouter.Byok.Api.Http;

/// <summary>Reads the headers in use, and validates every value.</summary>
internal static class ResponseHeaders
{
    /// <summary>
    /// The id that the server gave the request: at most 64 letters, digits, hyphens, and underscores.
    /// </summary>
    public static string? RequestId(HttpResponseMessage response) =>
        Id(Text(response, "X-Request-Id") ?? Text(response, "CF-Ray"));

    /// <summary>The id that the server gave the generation.</summary>
    public static string? GenerationId(HttpResponseMessage response) => Id(Text(response, "X-Generation-Id"));

    /// <summary>The text if it is such an id; otherwise null.</summary>
    public static string? Id(string? text) =>
        text is { Length: > 0 and <= 64 } && text.All(IsIdCharacter) ? text : null;

    private static bool IsIdCharacter(char c) =>
        c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_';

    /// <summary>
    /// The wait that the server requests: retry-after-ms, otherwise Retry-After (seconds or a date), otherwise, with
    /// status 429, X-RateLimit-Reset (remaining seconds, or a Unix time in seconds or milliseconds). Dates are compared
    /// with the server's clock.
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

    // A year exceeds every limit, and keeps absurd numbers within the range of a TimeSpan.
    private static TimeSpan FromSeconds(double seconds) =>
        TimeSpan.FromSeconds(Math.Min(Math.Max(seconds, 0), TimeSpan.FromDays(365).TotalSeconds));

    private static double? Number(HttpResponseMessage response, string header) =>
        double.TryParse(Text(response, header), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && !double.IsNaN(number) ? number : null;

    private static string? Text(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault() : null;
}
