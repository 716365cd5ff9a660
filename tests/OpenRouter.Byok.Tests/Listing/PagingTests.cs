using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Listing;

/// <summary>Lists of any length, whole or in part.</summary>
public sealed class PagingTests : IClassFixture<SandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public PagingTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(101, 2)]
    [InlineData(1050, 12)]
    public void Every_credential_comes_once_in_the_server_s_order(int count, int mostRequests)
    {
        Hold(count);

        var ids = Ids("Get-OpenRouterByokKey");

        Assert.Equal(Stored(), ids);
        Assert.InRange(server.Requests.Count, 1, mostRequests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void The_order_is_the_same_whatever_the_throttle(int throttle)
    {
        Hold(730);

        Assert.Equal(Stored(), Ids($"Get-OpenRouterByokKey -ThrottleLimit {throttle}"));
    }

    [Theory]
    [InlineData("-First 5", 0, 5)]
    [InlineData("-First 1", 0, 1)]
    [InlineData("-First 100", 0, 100)]
    [InlineData("-First 150", 0, 150)]
    [InlineData("-First 100000", 0, 250)]
    [InlineData("-Skip 5", 5, 245)]
    [InlineData("-Skip 249", 249, 1)]
    [InlineData("-Skip 250", 250, 0)]
    [InlineData("-Skip 9999", 250, 0)]
    [InlineData("-First 10 -Skip 95", 95, 10)]
    [InlineData("-First 200 -Skip 100", 100, 150)]
    [InlineData("-First 0", 0, 0)]
    public void First_and_Skip_cut_out_a_part(string paging, int from, int count)
    {
        Hold(250);

        Assert.Equal(Stored().Skip(from).Take(count), Ids("Get-OpenRouterByokKey " + paging));
    }

    [Theory]
    [InlineData("-First 5", "offset=0&limit=5")]
    [InlineData("-First 1", "offset=0&limit=1")]
    [InlineData("-First 100", "offset=0&limit=100")]
    [InlineData("-First 5 -Skip 200", "offset=200&limit=5")]
    [InlineData("-First 5 -Provider openai", "offset=0&limit=5&provider=openai")]
    public void First_asks_for_no_more_than_it_needs(string paging, string query)
    {
        Hold(250);

        shell.Run("Get-OpenRouterByokKey " + paging);

        Assert.Equal("/api/v1/byok?" + query, Assert.Single(server.Requests).PathAndQuery);
    }

    [Fact]
    public void First_of_more_than_a_page_asks_only_for_the_rest_on_the_second()
    {
        Hold(500);

        Assert.Equal(Stored().Take(150), Ids("Get-OpenRouterByokKey -First 150"));

        Assert.Equal(
            ["/api/v1/byok?offset=0&limit=100", "/api/v1/byok?offset=99&limit=51"],
            server.Requests.Select(static request => request.PathAndQuery));
    }

    [Fact]
    public void First_with_a_filter_stops_reading_when_it_has_enough()
    {
        Hold(1050);
        var wanted = server.Store.Credentials.Where(static key => key.Disabled)
            .Take(3)
            .Select(static key => key.Id.ToString());

        Assert.Equal(wanted, Ids("Get-OpenRouterByokKey -State Disabled -First 3"));

        Assert.Single(server.Requests);
    }

    [Fact]
    public void First_zero_asks_nothing() => Assert.Empty(Requested("Get-OpenRouterByokKey -First 0"));

    [Theory]
    [InlineData("", 250, 250, 1.0)]
    [InlineData("-First 3", 3, 250, 1.0)]
    [InlineData("-Skip 248", 2, 250, 1.0)]
    [InlineData("-First 0", 0, 250, 1.0)]
    [InlineData("-Skip 1000", 0, 250, 1.0)]
    public void The_total_count_comes_first(string paging, int count, int total, double accuracy)
    {
        Hold(250);

        var result = shell.Run("Get-OpenRouterByokKey -IncludeTotalCount " + paging);

        Assert.Empty(result.Errors);
        Assert.Equal((ulong)total, result.Output[0].BaseObject);
        Assert.Equal(accuracy, result.Output[0].Properties["Accuracy"].Value);
        Assert.Equal(count, result.Output.Count - 1);
    }

    [Fact]
    public void The_total_count_of_a_filter_is_that_of_what_meets_it()
    {
        Hold(350);
        var disabled = server.Store.Credentials.Where(static key => key.Disabled)
            .Select(static key => key.Id.ToString())
            .ToList();

        var result = shell.Run("Get-OpenRouterByokKey -State Disabled -First 2 -Skip 1 -IncludeTotalCount");

        Assert.Equal((ulong)disabled.Count, result.Output[0].BaseObject);
        Assert.Equal(
            disabled.Skip(1).Take(2), result.Output.Skip(1).Select(static key => ((ByokKey)key.BaseObject).Id));
    }

    [Fact]
    public async Task Credentials_come_out_before_the_last_page_is_there()
    {
        Hold(300);
        var release = new TaskCompletionSource();
        server.Intercept = async context =>
        {
            if (!context.Request.QueryString.Value!.Contains("offset=0&", StringComparison.Ordinal))
            {
                await release.Task;
            }

            return false;
        };
        using var running = shell.Start("Get-OpenRouterByokKey");

        while (running.Output.Count < 100)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.False(running.IsOver);
        release.SetResult();

        Assert.Equal(300, (await running.EndAsync()).Output.Count);
    }

    [Fact]
    public void When_somebody_downstream_has_enough_reading_ends()
    {
        Hold(1050);

        var result = shell.Run("do { Get-OpenRouterByokKey | ForEach-Object { $_; break } } while ($false)");

        Assert.Equal(Stored().Take(1), result.All<ByokKey>().Select(static key => key.Id));
        Assert.Single(server.Requests);
    }

    private IEnumerable<string> Requested(string script)
    {
        shell.Run(script);
        return server.Requests.Select(static request => request.PathAndQuery);
    }

    private List<string> Ids(string script) => [.. shell.Run(script).All<ByokKey>().Select(static key => key.Id)];

    private List<string> Stored() => [.. server.Store.Credentials.Select(static key => key.Id.ToString())];

    private void Hold(int count) => server.Store.ReplaceCredentials(GeneratedCredentials.Create(count));
}
