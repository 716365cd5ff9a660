using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Usage;

/// <summary>
/// Get-OpenRouterByokUsage as people use it, against the figures that the sandbox sums up on its own.
/// </summary>
public sealed class UsageCmdletTests(SandboxShell sandbox) : IClassFixture<SandboxShell>
{
    private readonly SandboxShell sandbox = sandbox.Reset();

    private IEnumerable<string> Asked =>
        sandbox.Server.Requests.Select(static request => request.PathAndQuery["/api/v1".Length..]);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    public void The_last_days_add_up(int days)
    {
        var facts = SampleActivity.Facts.Where(fact => fact.DaysAgo <= days).ToList();

        var lines = Get($"-Days {days}").All<ByokUsage>();

        Assert.Equal(days, lines.Count);
        Assert.Equal(facts.Sum(static fact => fact.ByokUsage), lines.Sum(static line => line.OwnSpend));
        Assert.Equal(facts.Sum(static fact => fact.Usage), lines.Sum(static line => line.CreditsSpent));
        Assert.Equal(facts.Sum(static fact => (long)fact.Requests), lines.Sum(static line => line.Requests));
        Assert.Equal(facts.Sum(static fact => (long)fact.PromptTokens), lines.Sum(static line => line.PromptTokens));
        Assert.Equal(
            facts.Sum(static fact => (long)fact.CompletionTokens), lines.Sum(static line => line.CompletionTokens));
        Assert.Equal(
            facts.Sum(static fact => (long)fact.ReasoningTokens), lines.Sum(static line => line.ReasoningTokens));
        Assert.All(lines, static line => Assert.Equal(ByokUsageGrouping.Day, line.GroupBy));
        Assert.Equal(lines.OrderBy(static line => line.Date), lines);
    }

    [Fact]
    public void Thirty_days_are_the_default() => Assert.Equal(30, Get("").All<ByokUsage>().Count);

    [Theory]
    [InlineData("Model")]
    [InlineData("Provider")]
    [InlineData("Workspace")]
    public void Groups_add_up_each_and_the_highest_spend_comes_first(string grouping)
    {
        Func<ActivityFact, string> name = grouping switch
        {
            "Model" => static fact => fact.Model.Id,
            "Provider" => static fact => fact.Provider.Name,
            _ => static fact => fact.Key.WorkspaceId.ToString(),
        };
        var expected = SampleActivity.Facts.GroupBy(name).ToDictionary(
            static group => group.Key,
            static group => (Own: group.Sum(fact => fact.ByokUsage), Credits: group.Sum(fact => fact.Usage)));

        var lines = Get("-GroupBy " + grouping).All<ByokUsage>();

        Assert.Equal(expected, lines.ToDictionary(
            static line => line.Model ?? line.Provider ?? line.WorkspaceId!,
            static line => (Own: line.OwnSpend, Credits: line.CreditsSpent)));
        Assert.Equal(
            lines.Select(static line => line.OwnSpend).OrderDescending(), lines.Select(static line => line.OwnSpend));
        Assert.Equal(expected.Values.Sum(static sums => sums.Own), lines[0].Report.OwnSpend);
    }

    [Fact]
    public void The_API_is_asked_for_what_it_can_narrow()
    {
        var workspace = SampleAccount.ProductionWorkspaceId.ToString();
        var hash = SampleAccount.Storefront.Hash;
        var day = DateTime.UtcNow.AddDays(-3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        Get("");
        Get($"-Date {day}");
        Get($"-Date '{day} 23:59'");
        Get($"Workspace -WorkspaceId {workspace} -ApiKeyHash {hash}");
        Get($"Total -ApiKey {hash} -Workspace {workspace}");

        Assert.Equal(
            [
                "/activity",
                $"/activity?date={day}",
                $"/activity?date={day}",
                $"/activity?workspace_id={workspace}&api_key_hash={hash}&group_by=workspace",
                $"/activity?workspace_id={workspace}&api_key_hash={hash}",
            ],
            Asked);
    }

    [Fact]
    public void Names_are_as_good_as_ids()
    {
        var facts = SampleActivity.Facts.Where(static fact => fact.Key == SampleAccount.Storefront).ToList();

        var line = Get("Total -Workspace production -ApiKey Storefront").Only<ByokUsage>();

        Assert.Equal(
            (facts.Sum(static fact => fact.ByokUsage), (long)facts.Sum(static fact => fact.Requests)),
            (line.OwnSpend, line.Requests));
        Assert.Equal(
            line.OwnSpend,
            Get("Total -ApiKey (Get-OpenRouterApiKey Storefront -Workspace Production)").Only<ByokUsage>().OwnSpend);
    }

    [Theory]
    [InlineData("-Provider google-vertex", "Google")]
    [InlineData("-Provider Google", "Google")]
    [InlineData("-Provider amazon*, azure", "Amazon Bedrock,Azure")]
    [InlineData("-Provider nobody", "")]
    public void Providers_go_by_slug_and_by_name(string filter, string names) => Assert.Equal(
        names,
        string.Join(',', Get("Provider " + filter).All<ByokUsage>().Select(static line => line.Provider).Order()));

    [Fact]
    public void Models_take_wildcards() => Assert.Equal(
        ["openai/gpt-5", "openai/gpt-5-mini"],
        Get("Model -Model OPENAI/*").All<ByokUsage>().Select(static line => line.Model).Order());

    [Fact]
    public void The_workspace_of_the_session_narrows_it()
    {
        var workspace = SampleAccount.ProductionWorkspaceId.ToString();

        sandbox.Reset("-WorkspaceId " + workspace);
        Get("");

        Assert.Equal(["/activity?workspace_id=" + workspace], Asked);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(-1)]
    public void A_day_that_is_not_kept_is_refused_before_anything_is_sent(int daysAgo)
    {
        var day = DateTime.UtcNow.AddDays(-daysAgo).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var error = Get($"-Date {day}").Terminating!;

        Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(day, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(sandbox.Server.Requests);
    }

    [Theory]
    [InlineData("-Days 0")]
    [InlineData("-Days 31")]
    [InlineData("-Days 3 -Date 2026-01-01")]
    [InlineData("-GroupBy Year")]
    [InlineData("-Workspace a -WorkspaceId b")]
    [InlineData("-ApiKey a -ApiKeyHash 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("-ApiKeyHash short")]
    [InlineData("-Model ' '")]
    [InlineData("ApiKey -ThrottleLimit 0")]
    [InlineData("User -ThrottleLimit 65")]
    public void What_makes_no_sense_is_refused_before_anything_is_sent(string arguments)
    {
        Assert.NotNull(Get(arguments).Terminating);
        Assert.Empty(sandbox.Server.Requests);
    }

    [Fact]
    public void A_workspace_that_is_not_there_is_an_error_that_says_where_to_look()
    {
        var error = Get("-WorkspaceId " + Samples.Id).OnlyError();

        Assert.StartsWith("OpenRouterByok.NotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Get-OpenRouterWorkspace", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_table_reads_like_a_bill(int width)
    {
        using var shell = new ModuleRunspace(width);
        shell.Connect(sandbox.Server.BaseUri, sandbox.Server.ManagementKey);

        var lines = shell.Show("Get-OpenRouterByokUsage -Days 4").Split('\n');
        var models = shell.Show("Get-OpenRouterByokUsage -Days 4 Model").Split('\n');

        Assert.Matches(
            @"^   Usage: \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d UTC, own \d+\.\d{4} USD, credits \d+\.\d{4} USD$",
            lines[0]);
        Assert.Equal("Day (UTC)  Requests      Tokens    Own USD   Credits Own% Own spend", lines[2]);
        Assert.Equal(4, lines[4..].Length);
        Assert.All(lines[4..], static line => Assert.Matches(
            @"^\d{4}-\d\d-\d\d [ \d,]{8} [ \d,]{11} [ .\d]{10} [ .\d]{9} [ \d]{4} [█#]+$", line));
        Assert.Contains(lines[4..], static line => line.EndsWith(new string(line[^1], 20), StringComparison.Ordinal));
        Assert.StartsWith(
            "Model                            Requests      Tokens    Own USD   Credits Own%",
            models[2],
            StringComparison.Ordinal);
        Assert.Equal(width > 80, models[2].EndsWith("Own spend", StringComparison.Ordinal));
    }

    private RunResult Get(string arguments) => sandbox.Shell.Run("Get-OpenRouterByokUsage " + arguments);
}
