using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Listing;

/// <summary>Lists that change while they are read, and servers that miscount.</summary>
public sealed class MovingListTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_credential_removed_meanwhile_makes_no_other_one_missing(int throttle)
    {
        await using var server = await SandboxServer.StartAsync(
            new() { KeyCount = 350 }, TestContext.Current.CancellationToken);
        using var shell = ModuleRunspace.ConnectedTo(server);
        Once(server, "offset=99&", () => server.Store.Remove(server.Store.Credentials[3].Id));

        var ids = Ids(shell, $"Get-OpenRouterByokKey -ThrottleLimit {throttle}");

        Assert.Equal(ids.Distinct(), ids);
        Assert.Empty(Stored(server).Except(ids));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_credential_added_meanwhile_makes_no_other_one_come_twice(int throttle)
    {
        await using var server = await SandboxServer.StartAsync(
            new() { KeyCount = 350 }, TestContext.Current.CancellationToken);
        using var shell = ModuleRunspace.ConnectedTo(server);
        var before = Stored(server);
        var added = server.Store.Credentials[0] with { Id = Guid.NewGuid(), Provider = "aaa" };
        Once(server, "offset=99&", () => server.Store.Add(added));

        var ids = Ids(shell, $"Get-OpenRouterByokKey -ThrottleLimit {throttle}");

        Assert.Equal(ids.Distinct(), ids);
        Assert.Empty(before.Except(ids));
    }

    [Fact]
    public void A_list_that_never_holds_still_is_given_up_and_said_to_be_incomplete()
    {
        using var server = new ScriptedServer();
        var number = 0;
        server.DefaultResponse = _ => Response.Json(
            Samples.Page(500, [.. Enumerable.Range(number += 1000, 100).Select(Fields)]));
        using var shell = ModuleRunspace.ConnectedTo(server);

        var result = shell.Run("Get-OpenRouterByokKey -ThrottleLimit 1");

        Assert.NotEmpty(result.Output);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("OpenRouterByok.InvalidResponse,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(
            $"incomplete: it ended after {result.Output.Count} credentials",
            error.ToString(),
            StringComparison.Ordinal);
        // Nobody on the way is to blame.
        Assert.Equal(
            "Another client is changing the list. Run the command again.",
            error.ErrorDetails.RecommendedAction);
        Assert.InRange(server.Requests.Count, 2, 30);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(60)]
    public void A_wrong_or_missing_count_makes_no_credential_missing(int? count)
    {
        using var server = new ScriptedServer();
        server.DefaultResponse = request => Response.Json(PageOf(request, all: 230, most: 100, count));
        using var shell = ModuleRunspace.ConnectedTo(server);

        var result = shell.Run("Get-OpenRouterByokKey");

        Assert.Equal(230, result.Output.Select(static key => ((ByokKey)key.BaseObject).Id).Distinct().Count());
        Assert.Equal(230, result.Output.Count);
        Assert.InRange(server.Requests.Count, 3, 30);
    }

    // Perhaps it counts what it no longer shows, perhaps a page was lost: nobody here can know.
    [Fact]
    public void A_count_that_is_never_reached_is_said_after_everything_there_is()
    {
        using var server = new ScriptedServer();
        server.DefaultResponse = request => Response.Json(PageOf(request, all: 230, most: 100, count: 999));
        using var shell = ModuleRunspace.ConnectedTo(server);

        var result = shell.Run("Get-OpenRouterByokKey");

        Assert.Equal(230, result.Output.Count);
        Assert.Contains("ended after 230", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count, 3, 50);
    }

    [Fact]
    public void A_server_with_smaller_pages_than_asked_for_is_read_to_its_end()
    {
        using var server = new ScriptedServer();
        server.DefaultResponse = request => Response.Json(PageOf(request, all: 230, most: 20, count: 230));
        using var shell = ModuleRunspace.ConnectedTo(server);

        var ids = Ids(shell, "Get-OpenRouterByokKey");

        Assert.Equal(Enumerable.Range(0, 230).Select(static number => $"k{number}"), ids);
    }

    [Theory]
    [InlineData("-First 300", 300, 1)]
    [InlineData("-First 5", 5, 1)]
    [InlineData("-First 5 -Skip 100", 5, 1)]
    [InlineData("-First 500", 500, 2)]
    [InlineData("", 1000, 4)]
    public void A_server_that_gives_more_than_it_is_asked_for_makes_no_more_come_out(
        string paging, int count, int mostRequests)
    {
        using var server = new ScriptedServer();
        server.DefaultResponse = request =>
            Response.Json(PageOf(request, all: 1000, most: 397, 1000, ignoresLimit: true));
        using var shell = ModuleRunspace.ConnectedTo(server);

        Assert.Equal(count, Ids(shell, "Get-OpenRouterByokKey " + paging).Distinct().Count());

        Assert.InRange(server.Requests.Count, 1, mostRequests);
    }

    [Fact]
    public void A_list_that_goes_round_in_circles_is_given_up()
    {
        using var server = new ScriptedServer();
        server.DefaultResponse = static request => Response.Json(Samples.Page(
            99999, [.. Enumerable.Range(OffsetOf(request), 100).Select(static number => Fields(number % 150))]));
        using var shell = ModuleRunspace.ConnectedTo(server);

        var result = shell.Run("Get-OpenRouterByokKey -ThrottleLimit 1");

        Assert.Equal(150, result.Output.Count);
        Assert.Contains("ended after 150", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count, 2, 30);
    }

    [Fact]
    public void A_list_that_breaks_off_says_after_how_many()
    {
        using var server = new ScriptedServer();
        server.Then(Response.Json(Samples.Page(230, [.. Enumerable.Range(0, 100).Select(Fields)])));
        server.DefaultResponse = static _ => Response.Error(500, "Internal Server Error");
        using var shell = ModuleRunspace.ConnectedTo(server, "-MaximumRetryCount 0");

        var result = shell.Run("Get-OpenRouterByokKey");

        Assert.Equal(100, result.Output.Count);
        Assert.Contains(
            "it ended after 100 credentials", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    private static string Fields(int number) => $"\"id\":\"k{number}\",\"provider\":\"openai\"";

    private static int OffsetOf(RawRequest request) => Number(QueryOf(request), "offset");

    private static string PageOf(RawRequest request, int all, int most, int? count, bool ignoresLimit = false)
    {
        var query = QueryOf(request);
        var offset = Number(query, "offset");
        var limit = ignoresLimit ? most : Math.Min(most, Number(query, "limit"));
        return Samples.Page(count, [.. Enumerable.Range(offset, Math.Clamp(all - offset, 0, limit)).Select(Fields)]);
    }

    private static Dictionary<string, string> QueryOf(RawRequest request) => request.Target.Split('?')[1].Split('&')
        .Select(static part => part.Split('='))
        .ToDictionary(static p => p[0], static p => p[1]);

    private static int Number(Dictionary<string, string> query, string name) =>
        int.Parse(query[name], System.Globalization.CultureInfo.InvariantCulture);

    private static void Once(SandboxServer server, string query, Action change)
    {
        var isDone = 0;
        server.Intercept = context =>
        {
            if (context.Request.QueryString.Value!.Contains(query, StringComparison.Ordinal)
                && System.Threading.Interlocked.Exchange(ref isDone, 1) == 0)
            {
                change();
            }

            return Task.FromResult(false);
        };
    }

    private static List<string> Ids(ModuleRunspace shell, string script) =>
        [.. shell.Run(script).All<ByokKey>().Select(static key => key.Id)];

    private static List<string> Stored(SandboxServer server) =>
        [.. server.Store.Credentials.Select(static key => key.Id.ToString())];
}
