using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Usage;

/// <summary>
/// Get-OpenRouterByokUsage by API key and by member, which the API filters by but does not group by.
/// </summary>
public sealed class CallerUsageTests(SandboxShell sandbox) : IClassFixture<SandboxShell>
{
    private const string NoApiKey = "(no current API key)";
    private const string NoMember = "(no current member)";

    private readonly SandboxShell sandbox = sandbox.Reset("-MaximumRetryCount 0");

    private SandboxStore Store => sandbox.Server.Store;

    private IEnumerable<string> Asked =>
        sandbox.Server.Requests.Select(static request => request.PathAndQuery["/api/v1".Length..]);

    [Fact]
    public void Each_API_key_has_a_line_and_what_none_accounts_for_another()
    {
        var expected = SampleActivity.Facts.GroupBy(static fact => fact.Key).ToDictionary(
            static group => group.Key == SampleAccount.Deleted ? (NoApiKey, null) : (group.Key.Name, group.Key.Hash),
            SumsOf);

        var lines = Get("ApiKey").All<ByokUsage>();

        Assert.Equal(expected, lines.ToDictionary(static line => (line.ApiKey!, line.ApiKeyHash), SumsOf));
        Assert.Equal(lines.OrderByDescending(static line => line.OwnSpend), lines);
        Assert.All(lines, static line => Assert.Equal((null, null), (line.User, line.UserId)));
        Assert.Contains(lines, static line => line.ToString().StartsWith("Nightly eval: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_member_has_a_line_and_what_none_accounts_for_another()
    {
        var emails = SampleAccount.Members.ToDictionary(
            static member => member.Id, static member => member.Email);
        var expected = SampleActivity.Facts.GroupBy(static fact => fact.Key.CreatorUserId!).ToDictionary(
            group => emails.TryGetValue(group.Key, out var email) ? (email, group.Key) : (NoMember, null), SumsOf);

        var lines = Get("User").All<ByokUsage>();

        Assert.Equal(expected, lines.ToDictionary(static line => (line.User!, line.UserId), SumsOf));
        Assert.All(lines, static line => Assert.Equal((null, null), (line.ApiKey, line.ApiKeyHash)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Days 1")]
    [InlineData("-Days 7 -Model openai/*")]
    [InlineData("-Days 30 -Provider azure, google-vertex")]
    [InlineData("-Workspace Production")]
    [InlineData("-Workspace Default -Model openai/gpt-5-mini -Provider azure")]
    [InlineData("-Workspace Production -ApiKeyHash $storefront -Days 3")]
    [InlineData("-ApiKey 'Nightly eval'")]
    [InlineData("-Date ([datetime]::UtcNow.AddDays(-28)) -ThrottleLimit 1")]
    [InlineData("-Model nobody/nothing")]
    public void The_lines_add_up_to_the_total_whatever_it_is_narrowed_by(string filter)
    {
        // One without a name of its own, and one that is disabled, count as any other.
        Store.ApiKeys = [.. Store.ApiKeys.Select(static key => key.Name == "EU batch"
            ? key with { Name = "Storefront", Disabled = true }
            : key)];
        filter = filter.Replace("$storefront", SampleAccount.Storefront.Hash, StringComparison.Ordinal);
        var total = Get("Total " + filter).All<ByokUsage>();
        foreach (var grouping in new[] { "ApiKey", "User", "Workspace" })
        {
            var lines = Get($"{grouping} {filter}").All<ByokUsage>();

            Assert.Equal(total.Select(SumsOf).SingleOrDefault(), lines.Select(SumsOf).Aggregate(default(Sums), Add));
            Assert.Equal(total.Count == 0, lines.Count == 0);
            Assert.All(lines, line => Assert.Equal(total[0].OwnSpend, line.Report.OwnSpend));
            Assert.Equal(lines.Count, lines.Select(static line => line.ApiKeyHash ?? line.UserId ?? line.WorkspaceId)
                .Distinct().Count());
        }
    }

    [Fact]
    public void Each_takes_a_request_and_all_together_one_more()
    {
        var workspace = SampleAccount.ProductionWorkspaceId.ToString();

        Get($"ApiKey -WorkspaceId {workspace}");
        var byApiKey = Asked.Where(static path => path.StartsWith("/activity", StringComparison.Ordinal)).ToList();
        sandbox.Server.ClearRequests();
        Get($"User -ApiKeyHash {SampleAccount.Storefront.Hash}");
        var byUser = Asked.Where(static path => path.StartsWith("/activity", StringComparison.Ordinal)).ToList();

        var one = $"/activity?workspace_id={workspace}";
        Assert.Equal(
            Store.ApiKeys.Select(key => $"{one}&api_key_hash={key.Hash}").Append(one).Order(), byApiKey.Order());
        one = $"/activity?api_key_hash={SampleAccount.Storefront.Hash}";
        Assert.Equal(Store.Members.Select(member => $"{one}&user_id={member.Id}").Append(one).Order(), byUser.Order());
    }

    [Fact]
    public async Task Requests_are_sent_as_many_at_once_as_allowed()
    {
        var (inFlight, most) = (0, 0);
        var twoAtOnce = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sandbox.Server.Intercept = async context =>
        {
            if (!context.Request.QueryString.Value!.Contains("api_key_hash", StringComparison.Ordinal))
            {
                return false;
            }

            var now = Interlocked.Increment(ref inFlight);
            most = Math.Max(most, now);
            if (now == 2)
            {
                twoAtOnce.TrySetResult();
            }

            await twoAtOnce.Task.WaitAsync(TimeSpan.FromMinutes(1));
            Interlocked.Decrement(ref inFlight);
            return false;
        };

        Assert.NotEmpty(Get("ApiKey -ThrottleLimit 2").All<ByokUsage>());

        await twoAtOnce.Task;
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task A_personal_account_has_no_members_to_group_by()
    {
        await using var server = await SandboxServer.StartAsync(
            new() { IsPersonalAccount = true }, TestContext.Current.CancellationToken);
        using var shell = ModuleRunspace.ConnectedTo(server);

        var error = shell.Run("Get-OpenRouterByokUsage User").OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("personal account", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("ApiKey", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.NotEmpty(shell.Run("Get-OpenRouterByokUsage ApiKey").All<ByokUsage>());
    }

    [Fact]
    public void What_is_deleted_in_between_is_no_current_API_key()
    {
        sandbox.Server.Intercept = context =>
        {
            if (context.Request.QueryString.Value!.Contains(SampleAccount.Storefront.Hash, StringComparison.Ordinal))
            {
                Store.ApiKeys = [.. Store.ApiKeys.Where(static key => key != SampleAccount.Storefront)];
            }

            return Task.FromResult(false);
        };

        var lines = Get("ApiKey").All<ByokUsage>();

        Assert.DoesNotContain(lines, static line => line.ApiKey == "Storefront");
        Assert.Equal(
            SumsOf(SampleActivity.Facts.Where(
                static fact => fact.Key == SampleAccount.Storefront || fact.Key == SampleAccount.Deleted)),
            SumsOf(lines.Single(static line => line.ApiKey == NoApiKey)));
    }

    [Fact]
    public void Parts_that_are_more_than_the_whole_are_an_error()
    {
        sandbox.Server.Intercept = async context =>
        {
            var isWhole = context.Request.Path.Value!.EndsWith("/activity", StringComparison.Ordinal)
                && !context.Request.QueryString.HasValue;
            if (isWhole)
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync("""{"data":[]}""");
            }

            return isWhole;
        };

        var error = Get("ApiKey").OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidResponse,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("changed while it was read", error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("api_key_hash", "ApiKey")]
    [InlineData("user_id", "User")]
    [InlineData("/keys", "ApiKey")]
    [InlineData("/members", "User")]
    public void A_request_that_fails_is_one_error_and_no_incomplete_report(string request, string grouping)
    {
        sandbox.Server.Intercept = context =>
        {
            var isMeant = (context.Request.Path + context.Request.QueryString.Value)
                .Contains(request, StringComparison.Ordinal);
            context.Response.StatusCode = isMeant ? 503 : 200;
            return Task.FromResult(isMeant);
        };

        var error = Get(grouping).OnlyError();

        Assert.StartsWith("OpenRouterByok.ServerError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ApiKey", "API key ", "Nightly eval ", NoApiKey)]
    [InlineData("User", "User ", "mei.tanaka@example.com ", NoMember)]
    public void The_table_begins_with_names(string grouping, string heading, string name, string other)
    {
        var lines = sandbox.Shell.Show("Get-OpenRouterByokUsage " + grouping).Split('\n');
        var list = ListViews.Show(Get(grouping).Output);

        Assert.StartsWith("   Usage: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(heading, lines[2], StringComparison.Ordinal);
        Assert.Contains(lines[4..], line => line.StartsWith(name, StringComparison.Ordinal));
        Assert.Contains(lines[4..], line => line.StartsWith(other, StringComparison.Ordinal));
        Assert.Contains(": " + name.Trim(), list, StringComparison.Ordinal);
    }

    private static Sums SumsOf(IEnumerable<ActivityFact> facts) => facts
        .Select(static fact => new Sums(
            fact.ByokUsage, fact.Usage, fact.Requests, fact.PromptTokens, fact.CompletionTokens, fact.ReasoningTokens))
        .Aggregate(default(Sums), Add);

    private static Sums SumsOf(ByokUsage line) => new(
        line.OwnSpend,
        line.CreditsSpent,
        line.Requests,
        line.PromptTokens,
        line.CompletionTokens,
        line.ReasoningTokens);

    private static Sums Add(Sums one, Sums other) => new(
        one.Own + other.Own,
        one.Credits + other.Credits,
        one.Requests + other.Requests,
        one.Prompt + other.Prompt,
        one.Completion + other.Completion,
        one.Reasoning + other.Reasoning);

    private RunResult Get(string arguments) => sandbox.Shell.Run("Get-OpenRouterByokUsage " + arguments);

    private readonly record struct Sums(
        decimal Own, decimal Credits, long Requests, long Prompt, long Completion, long Reasoning);
}
