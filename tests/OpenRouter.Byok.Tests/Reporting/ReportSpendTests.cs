using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.Reporting;

/// <summary>What was spent is what Get-OpenRouterByokUsage says, to the last digit.</summary>
public sealed class ReportSpendTests(SandboxShell sandbox) : IClassFixture<SandboxShell>
{
    private static readonly string[] Sections = ["summary", "spend", "routes", "credentials"];

    public static TheoryData<string, int> Periods
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var scope in ReportScope.Names)
            {
                data.Add(scope, 30);
            }

            data.Add("all workspaces", 1);
            data.Add("all workspaces", 7);
            data.Add("the default workspace", 1);
            data.Add("two by their names", 7);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Periods))]
    public void Totals_and_lines_are_those_of_the_cmdlet(string name, int days)
    {
        var scope = ReportScope.Of(name);
        var shell = sandbox.Reset(scope.Session).Shell;

        var (page, expected) = ReportShell.OnOneDay(() => (
            shell.Report($"{scope.Report} -Days {days}"),
            new[] { ByokUsageGrouping.Day, ByokUsageGrouping.Provider, ByokUsageGrouping.Model }
                .ToDictionary(static by => by, by => scope.Usage(shell, days, by))));

        var totals = expected[ByokUsageGrouping.Provider];
        Assert.Equal(totals.Sum(static line => line.Own), page.TileValue("own-spend"));
        Assert.Equal(totals.Sum(static line => line.Credits), page.TileValue("credits-spent"));
        Assert.Equal(Money(page.TileValue("own-spend")), page.Tile("own-spend"));
        Assert.Equal(Money(page.TileValue("credits-spent")), page.Tile("credits-spent"));
        AssertRows(expected[ByokUsageGrouping.Day], page.Rows("days"), "Day (UTC)");
        AssertRows(totals, page.Rows("providers"), "Provider");
        AssertRows(expected[ByokUsageGrouping.Model], page.Rows("models"), "Model");
        Assert.Equal(name == "one without usage" ? 0 : days, page.Rows("days").Count);
        Assert.Equal(name == "one without usage", page.Section("spend").TextContent.Contains("There was no usage."));
    }

    [Fact]
    public void A_total_of_the_cmdlet_is_the_total_of_the_page()
    {
        var shell = sandbox.Reset().Shell;

        var (page, total) = ReportShell.OnOneDay(() => (
            shell.Report("-AllWorkspaces"),
            shell.Run("Get-OpenRouterByokUsage -GroupBy Total").Only<ByokUsage>()));

        Assert.True(total.OwnSpend > 0 && total.CreditsSpent > 0);
        Assert.Equal(total.OwnSpend, page.TileValue("own-spend"));
        Assert.Equal(total.CreditsSpent, page.TileValue("credits-spent"));
    }

    [Fact]
    public void The_days_and_the_workspaces_are_named()
    {
        var shell = sandbox.Reset().Shell;

        var (page, yesterday) = ReportShell.OnOneDay(() => (
            shell.Report("-Workspace Production -Days 7"), DateTime.UtcNow.Date.AddDays(-1)));

        Assert.StartsWith(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{yesterday.AddDays(-6):yyyy-MM-dd} to {yesterday:yyyy-MM-dd} UTC. Production. "),
            page.SpendNote,
            StringComparison.Ordinal);
        Assert.Contains(". All workspaces. ", shell.Report("-AllWorkspaces").SpendNote, StringComparison.Ordinal);
        Assert.Contains(". Default. ", shell.Report("").SpendNote, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("th-TH")]
    public void Numbers_and_days_are_the_same_in_every_culture(string culture)
    {
        var shell = sandbox.Reset().Shell;
        const string InCulture = """
            $before = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($culture)
                Export-OpenRouterByokReport -AllWorkspaces
            } finally {
                [cultureinfo]::CurrentCulture = $before
            }
            """;

        var (page, other) = ReportShell.OnOneDay(() => (
            new ReportDocument(shell.Run(InCulture, new { culture }).Only<string>()), shell.Report("-AllWorkspaces")));

        Assert.All(Sections, id => Assert.Equal(other.Section(id).OuterHtml, page.Section(id).OuterHtml));
    }

    private static void AssertRows(
        IReadOnlyList<UsageLine> expected, IReadOnlyList<ReportRow> rows, string header)
    {
        Assert.Equal(expected.Select(static line => line.Name), rows.Select(row => row[header]));
        foreach (var (line, row) in expected.Zip(rows))
        {
            Assert.Equal(line.Requests.ToString("N0", CultureInfo.InvariantCulture), row["Requests"]);
            Assert.Equal(line.Tokens.ToString("N0", CultureInfo.InvariantCulture), row["Tokens"]);
            Assert.Equal((line.Own, line.Credits), (row.Value("Own USD"), row.Value("Credits")));
            Assert.Equal((Money(line.Own), Money(line.Credits)), (row["Own USD"], row["Credits"]));
            if (line.IsShareKnown)
            {
                Assert.Equal((line.Share * 100)?.ToString("N0", CultureInfo.InvariantCulture) ?? "", row["Own %"]);
            }
        }
    }

    // Cents, and for small amounts hundredths of them.
    private static string Money(decimal amount) =>
        amount.ToString(amount < 100 ? "N4" : "N2", CultureInfo.InvariantCulture);
}
