using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using OpenRouter.Byok.Account;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Flow;

/// <summary>As much at once as -ThrottleLimit allows, no more, and nothing that nobody wants yet.</summary>
[Collection(NonParallel.Name)]
public sealed class SideBySideTests : IClassFixture<SandboxShell>
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public SideBySideTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Id $ids", 8)]
    [InlineData("Get-OpenRouterByokKey -Id $ids -ThrottleLimit 3", 3)]
    [InlineData("Disable-OpenRouterByokKey $ids", 8)]
    [InlineData("$ids | Set-OpenRouterByokKey -NewName x -ThrottleLimit 16", 16)]
    [InlineData("$ids | Remove-OpenRouterByokKey -Confirm:$false -ThrottleLimit 1", 1)]
    [InlineData("Get-OpenRouterByokKey -ThrottleLimit 5", 5)]
    [InlineData("$rows | New-OpenRouterByokKey -Key $key -ThrottleLimit 4", 4)]
    public void As_many_requests_are_under_way_as_allowed(string script, int most)
    {
        server.Store.ReplaceCredentials(GeneratedCredentials.Create(3000));
        var ids = server.Store.Credentials.Take(40).Select(static key => key.Id.ToString()).ToArray();
        var underWay = 0;
        var high = 0;
        var full = new TaskCompletionSource();
        server.Intercept = async context =>
        {
            var now = Interlocked.Increment(ref underWay);
            lock (full)
            {
                high = Math.Max(high, now);
            }

            if (now == most)
            {
                full.TrySetResult();
            }

            // The first page of a list tells how many there are, so it comes alone.
            if (!IsFirstPage(context))
            {
                await full.Task.WaitAsync(TimeLimit);
            }

            Interlocked.Decrement(ref underWay);
            return false;
        };

        // Creates of one provider come one after the other, so each has its own. Known ones are not looked up.
        var result = shell.Run(
            "$rows = $providers | ForEach-Object { [pscustomobject]@{ Provider = $_ } }\n" + script,
            new { ids, key = Secret.Of("k"), providers = KnownProviders.Slugs.Take(40).ToArray() });

        Assert.Empty(result.Errors);
        Assert.Equal(most, high);
    }

    [Fact]
    public void Workspaces_are_read_side_by_side()
    {
        var workspaces = Enumerable.Range(0, 5)
            .Select(static number => SampleAccount.Workspaces[0] with { Id = new Guid(number, 1, 1, new byte[8]) });
        server.Store.Workspaces = [.. workspaces];
        var lists = 0;
        var all = new TaskCompletionSource();
        server.Intercept = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/byok", StringComparison.Ordinal))
            {
                return false;
            }

            if (Interlocked.Increment(ref lists) == 5)
            {
                all.TrySetResult();
            }

            await all.Task.WaitAsync(TimeLimit);
            return false;
        };

        Assert.Empty(shell.Run("Get-OpenRouterByokKey -AllWorkspaces").Errors);

        Assert.Equal(5, lists);
    }

    [Fact]
    public async Task Who_takes_long_with_what_he_got_holds_the_reading_back()
    {
        server.Store.ReplaceCredentials(GeneratedCredentials.Create(10_000));
        using var hold = new ManualResetEventSlim();
        using var running = shell.Start(
            "Get-OpenRouterByokKey -ThrottleLimit 4 | ForEach-Object { $hold.Wait(); $_ }", new { hold });

        await SettleAsync(() => server.Requests.Count);

        // Those that may be under way, as many again that wait for their turn, and the first.
        Assert.InRange(server.Requests.Count, 1, 9);
        hold.Set();
        Assert.Equal(10_000, (await running.EndAsync()).All<ByokKey>().Count);
    }

    [Fact]
    public async Task No_more_input_is_taken_than_can_be_worked_on()
    {
        server.Intercept = static async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        };
        var taken = new int[1];
        using var running = shell.Start(
            "1..1000000 | ForEach-Object { $taken[0] = $_; [guid]::new($_, 0, 0, [byte[]]::new(8)) } "
            + "| Disable-OpenRouterByokKey",
            new { taken });

        await SettleAsync(() => server.Requests.Count);

        Assert.Equal(8, server.Requests.Count);
        Assert.InRange(taken[0], 8, 9);
    }

    [Fact]
    public async Task One_that_takes_forever_lets_others_pass_but_not_without_end()
    {
        server.Store.ReplaceCredentials(GeneratedCredentials.Create(500));
        var ids = server.Store.Credentials.Select(static key => key.Id.ToString()).ToArray();
        var late = new TaskCompletionSource();
        server.Intercept = async context =>
        {
            if (IsAbout(context, ids[0]))
            {
                await late.Task.WaitAsync(TimeLimit);
            }

            return false;
        };
        using var running = shell.Start("$ids | Disable-OpenRouterByokKey -PassThru", new { ids });

        await SettleAsync(() => server.Requests.Count);

        // To enumerate the output would be to wait for its end.
        Assert.Equal((32, 0), (server.Requests.Count, running.Output.Count));
        late.SetResult();
        Assert.Equal(ids, (await running.EndAsync()).All<ByokKey>().Select(static key => key.Id));
    }

    // How much comes until nothing more comes.
    private static async Task SettleAsync(Func<int> count)
    {
        for (var (before, calm) = (-1, 0); calm < 10 || before == 0;)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            calm = count() == before ? calm + 1 : 0;
            before = count();
        }
    }

    private static bool IsFirstPage(HttpContext context) =>
        context.Request.Method == "GET" && context.Request.Query["offset"] == "0";

    private static bool IsAbout(HttpContext context, string id) =>
        context.Request.Path.Value!.EndsWith(id, StringComparison.Ordinal);
}
