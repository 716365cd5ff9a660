using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Retry;

/// <summary>When a request is repeated, and after how long: the rules alone, without time or network.</summary>
public sealed class RetryPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(6, 16)]
    [InlineData(7, 30)]
    [InlineData(60, 30)]
    public void Waits_double_up_to_a_limit(int attempt, double seconds)
    {
        var policy = new RetryPolicy(100) { Jitter = static () => 1 };

        Assert.Equal(TimeSpan.FromSeconds(seconds), policy.NextDelay(Failed(503), attempt, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.75)]
    [InlineData(1, 1)]
    public void Jitter_takes_off_up_to_half(double jitter, double seconds)
    {
        var policy = new RetryPolicy(100) { Jitter = () => jitter };

        Assert.Equal(TimeSpan.FromSeconds(seconds), policy.NextDelay(Failed(503), 2, TimeSpan.Zero));
    }

    [Fact]
    public void By_default_the_jitter_differs_and_stays_within_bounds()
    {
        var policy = new RetryPolicy(100);

        var delays = Enumerable.Range(0, 50)
            .Select(_ => policy.NextDelay(Failed(503), 1, TimeSpan.Zero)!.Value.TotalMilliseconds)
            .ToList();

        Assert.All(delays, static delay => Assert.InRange(delay, 250, 500));
        Assert.InRange(delays.Distinct().Count(), 10, 50);
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, false)]
    [InlineData(6, 6, true)]
    [InlineData(6, 7, false)]
    public void Attempts_are_counted(int maximum, int attempt, bool isRepeated) =>
        Assert.Equal(isRepeated, new RetryPolicy(maximum).NextDelay(Failed(503), attempt, TimeSpan.Zero) is not null);

    [Fact]
    public void What_the_server_asks_for_goes_before_the_own_wait()
    {
        var policy = new RetryPolicy(9);

        Assert.Equal(TimeSpan.Zero, policy.NextDelay(Failed(429, ("Retry-After", "0")), 5, TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromSeconds(42), policy.NextDelay(Failed(429, ("Retry-After", "42")), 1, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0, 300, true)]
    [InlineData(0, 301, false)]
    [InlineData(299, 1, true)]
    [InlineData(299, 2, false)]
    public void Five_minutes_in_all_are_the_most(int elapsed, int asked, bool isRepeated)
    {
        var failure = Failed(429, ("Retry-After", asked.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(isRepeated, new RetryPolicy(9).NextDelay(failure, 1, TimeSpan.FromSeconds(elapsed)) is not null);
    }

    [Theory]
    [InlineData(429, "Retry-After", "7", 7d)]
    [InlineData(429, "Retry-After", "0", 0d)]
    [InlineData(429, "Retry-After", "1.5", 1.5)]
    [InlineData(503, "Retry-After", "7", 7d)]
    [InlineData(429, "Retry-After", "-3", 0d)]
    [InlineData(429, "Retry-After", "Fri, 20 Nov 2026 12:00:30 GMT", 30d)]
    [InlineData(429, "Retry-After", "Fri, 20 Nov 2026 11:59:00 GMT", 0d)]
    [InlineData(429, "Retry-After", "soon", null)]
    [InlineData(429, "Retry-After", "NaN", null)]
    [InlineData(429, "retry-after-ms", "250", 0.25)]
    [InlineData(429, "retry-after-ms", "oops", null)]
    [InlineData(429, "X-RateLimit-Reset", "12", 12d)]
    [InlineData(429, "X-RateLimit-Reset", "1795176010", 10d)]
    [InlineData(429, "X-RateLimit-Reset", "1795176010000", 10d)]
    [InlineData(503, "X-RateLimit-Reset", "12", null)]
    [InlineData(429, "X-Unrelated", "12", null)]
    public void The_wait_is_read_from_whichever_header_there_is(
        int status, string header, string value, double? seconds) =>
        Assert.Equal(
            seconds is null ? null : TimeSpan.FromSeconds(seconds.Value), Failed(status, (header, value)).RetryAfter);

    [Fact]
    public void Absurd_waits_are_cut_to_what_a_number_can_hold()
    {
        foreach (var absurd in new[] { "1e300", "Infinity", "999999999999999999999" })
        {
            Assert.Equal(TimeSpan.FromDays(365), Failed(429, ("Retry-After", absurd)).RetryAfter);
        }
    }

    [Fact]
    public void Milliseconds_go_before_seconds_and_both_before_the_reset()
    {
        Assert.Equal(
            TimeSpan.FromMilliseconds(20),
            Failed(429, ("Retry-After", "9"), ("retry-after-ms", "20"), ("X-RateLimit-Reset", "33")).RetryAfter);
        Assert.Equal(
            TimeSpan.FromSeconds(9), Failed(429, ("Retry-After", "9"), ("X-RateLimit-Reset", "33")).RetryAfter);
    }

    [Fact]
    public void A_date_counts_by_the_server_s_own_clock() => Assert.Equal(
        TimeSpan.FromSeconds(20),
        Failed(
            429,
            ("Date", "Fri, 20 Nov 2026 08:00:00 GMT"),
            ("Retry-After", "Fri, 20 Nov 2026 08:00:20 GMT")).RetryAfter);

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(524)]
    [InlineData(529)]
    public void These_pass_by_themselves(int status) => Assert.True(RetryPolicy.IsTransient(Failed(status)));

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(422)]
    [InlineData(302)]
    [InlineData(501)]
    [InlineData(505)]
    public void These_do_not(int status) => Assert.False(RetryPolicy.IsTransient(Failed(status)));

    private static OpenRouterException Failed(int status, params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return RequestErrors.FromResponse("Trying", response, ReadOnlyMemory<byte>.Empty, [], Now);
    }
}
