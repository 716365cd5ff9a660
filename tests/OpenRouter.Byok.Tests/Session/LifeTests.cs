using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Session;

/// <summary>Stopping in the midst of things, sharing a session, and coming and going of the module.</summary>
[Collection(NonParallel.Name)]
public sealed class LifeTests
{
    [Fact]
    public async Task Stopped_in_the_midst_of_five_hundred_what_was_done_is_what_came_out()
    {
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { KeyCount = 500, Latency = TimeSpan.FromMilliseconds(15) },
            TestContext.Current.CancellationToken);
        using var shell = ModuleRunspace.ConnectedTo(server);
        var ids = server.Store.Credentials.Select(static key => key.Id.ToString()).ToArray();
        using var running = shell.Start("$ids | Disable-OpenRouterByokKey -PassThru -ThrottleLimit 1", new { ids });
        while (running.Output.Count < 20)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var watch = Stopwatch.StartNew();

        running.Stop();

        Assert.InRange(watch.ElapsedMilliseconds, 0, 500);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        var done = running.Output.Select(static key => ((ByokKey)key.BaseObject).Id).ToList();
        var sent = server.Requests.Count(static request => request.Method == "PATCH");
        Assert.Equal(ids.Take(done.Count), done);
        // One more may have been on its way; nobody can call that back.
        Assert.InRange(sent, done.Count, done.Count + 1);
        Assert.InRange(done.Count, 20, 499);
    }

    [Fact]
    public async Task Select_First_stops_the_reading()
    {
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { KeyCount = 2000 }, TestContext.Current.CancellationToken);
        using var shell = ModuleRunspace.ConnectedTo(server);

        // The engine at hand has no Select-Object; breaking out of the pipeline does what -First does.
        var result = shell.Run("foreach ($once in 1) { Get-OpenRouterByokKey | ForEach-Object { $_; break } }");

        Assert.Single(result.Output);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_session_disposed_in_the_midst_of_use_fails_cleanly()
    {
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { KeyCount = 300, Latency = TimeSpan.FromMilliseconds(20) },
            TestContext.Current.CancellationToken);
        using var shell = new ModuleRunspace();
        var session = shell.Connect(server.BaseUri, server.ManagementKey);
        var ids = server.Store.Credentials.Select(static key => key.Id.ToString()).ToArray();
        using var running = shell.Start(
            "$ids | Enable-OpenRouterByokKey -PassThru -Session $session", new { ids, session });
        while (running.Output.Count < 10)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        session.Dispose();

        var result = await running.EndAsync();
        Assert.NotNull(result.Terminating);
        Assert.StartsWith(
            "OpenRouterByok.SessionClosed", result.Terminating.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runspaces_on_one_session_do_not_disturb_each_other()
    {
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { KeyCount = 400 }, TestContext.Current.CancellationToken);
        using var one = new ModuleRunspace();
        using var other = new ModuleRunspace();
        var session = one.Connect(server.BaseUri, server.ManagementKey);
        var ids = server.Store.Credentials.Select(static key => key.Id.ToString()).ToArray();

        var first = Task.Run(() => one.Run(
            "$ids | Set-OpenRouterByokKey -NewName one -PassThru -Session $session",
            new { ids = ids[..200], session }));
        var second = Task.Run(() => other.Run(
            "$ids | Set-OpenRouterByokKey -NewName other -PassThru -Session $session",
            new { ids = ids[200..], session }));

        Assert.Equal(ids[..200], (await first).All<ByokKey>().Select(static key => key.Id));
        Assert.Equal(ids[200..], (await second).All<ByokKey>().Select(static key => key.Id));
        Assert.Equal(200, server.Store.Credentials.Count(static key => key.Name == "one"));
        Assert.Equal(200, server.Store.Credentials.Count(static key => key.Name == "other"));
    }

    [Fact]
    public async Task Coming_and_going_fifty_times_leaves_nothing_behind()
    {
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { KeyCount = 10 }, TestContext.Current.CancellationToken);
        using var shell = new ModuleRunspace();
        ComeAndGo(5);
        var (sockets, files) = (Connections(server), TemporaryFiles());

        ComeAndGo(50);

        // Sockets close in their own time, but they do not pile up: fifty sessions would hold fifty.
        Assert.InRange(Connections(server), 0, sockets + 10);
        Assert.InRange(TemporaryFiles(), 0, files + 5);

        void ComeAndGo(int times)
        {
            for (var time = 0; time < times; time++)
            {
                var result = shell.Run(
                    """
                    Import-Module $manifest -Force
                    Connect-OpenRouter $key -BaseUri $uri -WarningAction Ignore
                    Get-OpenRouterByokKey -First 1
                    Remove-Module OpenRouter.Byok
                    """,
                    new
                    {
                        manifest = StagedModule.Manifest,
                        key = Secret.Of(server.ManagementKey),
                        uri = server.BaseUri,
                    });
                Assert.Empty(result.Errors);
                Assert.Single(result.Output);
            }
        }
    }

    private static int Connections(SandboxServer server) =>
        System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties()
        .GetActiveTcpConnections()
        .Count(connection => connection.RemoteEndPoint.Port == server.BaseUri.Port
            && connection.State == System.Net.NetworkInformation.TcpState.Established);

    private static int TemporaryFiles() => Directory.EnumerateFiles(Path.GetTempPath(), "*OpenRouter*").Count();
}
