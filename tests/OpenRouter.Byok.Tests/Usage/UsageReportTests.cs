using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.Usage;

/// <summary>Sums, shares and what is read of the activity, whatever its shape.</summary>
public sealed class UsageReportTests(ScriptedShell scripted) : IClassFixture<ScriptedShell>
{
    private readonly ScriptedShell scripted = scripted.Reset();

    private static string Yesterday => Day(1);

    [Fact]
    public void Sums_are_exact()
    {
        RespondWith(
            Row(("byok_usage_inference", "0.1"), ("usage", "0.30000000000000004")),
            Row(("byok_usage_inference", "0.2"), ("usage", "1e-7")),
            Row(("byok_usage_inference", "1234567890123.4567890123"), ("usage", "2E-3")));

        var total = Get("Total").Only<ByokUsage>();

        Assert.Equal(1234567890123.7567890123m, total.OwnSpend);
        Assert.Equal(0.30200010000000004m, total.CreditsSpent);
    }

    [Fact]
    public void Counts_may_be_larger_than_32_bits()
    {
        RespondWith(
            Row(("prompt_tokens", "3000000000"), ("requests", "2")),
            Row(("prompt_tokens", "3000000000"), ("completion_tokens", "7"), ("reasoning_tokens", "5")));

        var total = Get("Total").Only<ByokUsage>();

        Assert.Equal(
            (3L, 6000000000, 7L, 5L),
            (total.Requests, total.PromptTokens, total.CompletionTokens, total.ReasoningTokens));
    }

    [Fact]
    public void Fields_may_be_missing_null_or_new()
    {
        RespondWith(
            $"{{\"date\":\"{Yesterday}\"}}",
            Row(("usage", "null"), ("requests", "null"), ("model", "null"), ("shiny", "{\"new\":[1]}")),
            "null");

        var line = Get("Model").Only<ByokUsage>();

        Assert.Equal(
            (null, 0L, 0m, 0m, null), (line.Model, line.Requests, line.OwnSpend, line.CreditsSpent, line.OwnShare));
    }

    [Fact]
    public void A_date_may_have_a_time_and_without_one_a_row_is_left_out_loudly()
    {
        RespondWith(
            Row(("date", $"\"{Yesterday} 00:00:00\""), ("requests", "2")),
            Row(("date", $"\"{Yesterday}T12:00:00Z\""), ("requests", "3")),
            Row(("date", "\"soon\""), ("requests", "4")),
            Row(("date", "null"), ("requests", "4")));

        var result = Get("Total");

        Assert.Equal(5, result.Only<ByokUsage>().Requests);
        Assert.StartsWith("2 rows ", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "1", 0)]
    [InlineData("0", "0", 0)]
    [InlineData("1", "0", 1)]
    [InlineData("1", "0.05", 1)]
    [InlineData("1", "1.05", 0.5)]
    [InlineData("1", "3.05", 0.25)]
    public void The_share_follows_the_money(string own, string credits, double share)
    {
        RespondWith(Row(("byok_usage_inference", own), ("usage", credits), ("requests", "7")));

        Assert.Equal((decimal)share, Get("Total").Only<ByokUsage>().OwnShare);
    }

    [Fact]
    public void Shares_of_rows_weigh_by_their_requests()
    {
        RespondWith(
            Row(("byok_usage_inference", "1"), ("requests", "30")),
            Row(("usage", "5"), ("requests", "10")));

        Assert.Equal(0.75m, Get("Total").Only<ByokUsage>().OwnShare);
    }

    [Fact]
    public void Each_day_of_the_period_has_a_line_and_days_outside_have_none()
    {
        RespondWith(
            Row(("date", $"\"{Day(2)}\""), ("byok_usage_inference", "4")),
            Row(("date", $"\"{Day(9)}\""), ("byok_usage_inference", "100")));

        var lines = Get("Day -Days 3").All<ByokUsage>();

        Assert.Equal(
            [Day(3), Day(2), Day(1)],
            lines.Select(static line => line.Date!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.Equal([0, 4, 0], lines.Select(static line => line.OwnSpend));
        Assert.All(lines, static line => Assert.Equal(
            (4m, 0m, 4m, DateTimeKind.Utc),
            (line.Report.OwnSpend, line.Report.CreditsSpent, line.Report.LargestOwnSpend, line.Date!.Value.Kind)));
        Assert.All(lines, static line => Assert.Equal(
            (Day(3), Day(1)), ($"{line.From:yyyy-MM-dd}", $"{line.To:yyyy-MM-dd}")));
    }

    [Fact]
    public void Without_any_use_nothing_comes_out_but_a_verbose_line()
    {
        RespondWith();

        var result = Get("-Verbose");

        result.IsSilent();
        Assert.Contains(
            result.Verbose, static line => line.StartsWith("There was no usage from ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_read_is_an_error()
    {
        scripted.Server.Then(Response.Json("""{"data":[{"usage":"a lot"}]}"""));

        Assert.StartsWith(
            "OpenRouterByok.InvalidResponse,",
            Get("Day").OnlyError().FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    private static string Day(int daysAgo) =>
        DateTime.UtcNow.AddDays(-daysAgo).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Row(params (string Name, string Value)[] fields)
    {
        var all = new Dictionary<string, string>
        {
            ["date"] = $"\"{Yesterday}\"",
            ["model"] = "\"openai/gpt-5\"",
            ["provider_name"] = "\"OpenAI\"",
            ["usage"] = "0",
            ["byok_usage_inference"] = "0",
            ["requests"] = "1",
        };
        foreach (var (name, value) in fields)
        {
            all[name] = value;
        }

        return "{" + string.Join(",", all.Select(static field => $"\"{field.Key}\":{field.Value}")) + "}";
    }

    private void RespondWith(params string[] rows) =>
        scripted.Server.Then(Response.Json("{\"data\":[" + string.Join(",", rows) + "]}"));

    private RunResult Get(string arguments) => scripted.Shell.Run("Get-OpenRouterByokUsage " + arguments);
}
