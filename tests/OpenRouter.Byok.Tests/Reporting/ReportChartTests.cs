using System;
using System.Globalization;
using System.Linq;
using AngleSharp.Dom;
using OpenRouter.Byok.Reporting;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>Bars are as long as what was spent is much.</summary>
public sealed class ReportChartTests(SandboxShell sandbox) : IClassFixture<SandboxShell>
{
    private const decimal Height = 100;

    /// <summary>Coordinates have two digits.</summary>
    private const decimal Rounding = 0.005m;

    private const decimal SmallestHeight = 0.75m;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    public void The_heights_of_days_are_in_proportion_to_their_amounts(int days)
    {
        var page = sandbox.Reset().Shell.Report($"-AllWorkspaces -Days {days}");
        var rows = page.Rows("days");

        Assert.Equal(days, page.DayBars.Count);
        foreach (var (bars, row) in page.DayBars.Zip(rows))
        {
            Assert.Equal(
                $"{row["Day (UTC)"]}: own spend {row["Own USD"]}, credits {row["Credits"]}", bars.Title);
            AssertHeight(row.Value("Own USD"), bars.Own("y"), bars.Own("height"), page.ChartTop);
            AssertHeight(row.Value("Credits"), bars.Credits("y"), bars.Credits("height"), page.ChartTop);
        }

        Assert.InRange(rows.Max(static row => Math.Max(row.Value("Own USD"), row.Value("Credits"))), 0, page.ChartTop);
    }

    [Fact]
    public void The_bars_of_days_follow_one_another_within_the_chart()
    {
        var page = sandbox.Reset().Shell.Report("-AllWorkspaces");
        var edges = page.DayBars.SelectMany(static bars => new[]
        {
            (Left: bars.Own("x"), Right: bars.Own("x") + bars.Own("width")),
            (Left: bars.Credits("x"), Right: bars.Credits("x") + bars.Credits("width")),
        }).ToList();

        Assert.All(edges.Zip(edges.Skip(1)), static pair => Assert.True(pair.First.Right <= pair.Second.Left));
        Assert.All(edges, edge => Assert.True(0 <= edge.Left && edge.Right <= WidthOf(page)));
    }

    [Theory]
    [InlineData("providers")]
    [InlineData("models")]
    public void The_bars_of_rows_are_in_proportion_to_their_amounts(string table)
    {
        var rows = sandbox.Reset().Shell.Report("-AllWorkspaces").Rows(table);
        var largest = rows.Max(static row => Math.Max(row.Value("Own USD"), row.Value("Credits")));

        Assert.All(rows, row =>
        {
            AssertLength(row.Value("Own USD"), row.Bars.Own("width"));
            AssertLength(row.Value("Credits"), row.Bars.Credits("width"));
        });

        void AssertLength(decimal amount, decimal length) =>
            Assert.InRange(length, (amount / largest * 100) - Rounding, (amount / largest * 100) + Rounding);
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000011", "0.0000015")]
    [InlineData("0.3", "0.3")]
    [InlineData("0.5", "0.5")]
    [InlineData("1", "1")]
    [InlineData("1.01", "1.5")]
    [InlineData("21", "30")]
    [InlineData("50.01", "60")]
    [InlineData("7000000000", "8000000000")]
    public void The_scale_ends_at_the_next_round_amount(string most, string top)
    {
        var chart = DayChart.Of([Day(0, Parse(most), 0), Day(1, 0, Parse(most) / 2)]);

        Assert.Equal(top, chart.Scale[0]);
        Assert.Equal(Parse(top) / 2, Parse(chart.Scale[1]));
        Assert.Equal("0", chart.Scale[2]);
    }

    [Fact]
    public void A_small_amount_can_be_seen_and_none_cannot()
    {
        var chart = DayChart.Of([Day(0, 1000, 0), Day(1, 0.000001m, -5)]);

        Assert.Equal((Height, 0), (chart.Days[0].OwnHeight, chart.Days[0].CreditsHeight));
        Assert.Equal((SmallestHeight, 0), (chart.Days[1].OwnHeight, chart.Days[1].CreditsHeight));
        Assert.Equal(Height - SmallestHeight, chart.Days[1].OwnY);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(30)]
    public void The_last_day_is_named_and_no_more_than_seven_are(int days)
    {
        var chart = DayChart.Of([.. Enumerable.Range(0, days).Select(static day => Day(day, 1, 1))]);
        var named = chart.Days.Select(static (day, index) => (day.Label, index))
            .Where(static day => day.Label is not null)
            .ToList();

        Assert.InRange(named.Count, 1, 7);
        Assert.Equal(days - 1, named[^1].index);
        Assert.Single(named.Zip(named.Skip(1)).Select(static pair => pair.Second.index - pair.First.index)
            .Append(named.Count == 1 ? 0 : named[1].index - named[0].index)
            .Distinct());
    }

    private static void AssertHeight(decimal amount, decimal top, decimal height, decimal scale)
    {
        var exact = amount / scale * Height;
        Assert.Equal(Height, top + height);
        if (amount > 0 && exact < SmallestHeight)
        {
            Assert.Equal(SmallestHeight, height);
        }
        else
        {
            Assert.InRange(height, exact - Rounding, exact + Rounding);
        }
    }

    private static decimal WidthOf(ReportDocument page) =>
        Parse(page.Html.QuerySelector("figure svg")!.GetAttribute("viewBox")!.Split(' ')[2]);

    private static decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static ByokUsage Day(int day, decimal own, decimal credits) => new()
    {
        GroupBy = ByokUsageGrouping.Day,
        Date = new DateTime(2026, 11, 1).AddDays(day),
        OwnSpend = own,
        CreditsSpent = credits,
        Report = new ByokUsageReport(default, default, own, credits, own),
    };
}
