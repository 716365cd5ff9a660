using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests;

/// <summary>What the other tests stand on.</summary>
public sealed class FixtureTests
{
    [Fact]
    public async Task The_staged_module_lists_what_the_sandbox_holds()
    {
        await using var server = await SandboxServer.StartAsync(new(), TestContext.Current.CancellationToken);
        using var shell = ModuleRunspace.ConnectedTo(server);

        var keys = shell.Run("Get-OpenRouterByokKey -Provider acme-ai").All<ByokKey>();

        Assert.Equal(["Pilot", "Load test"], keys.Select(static key => key.Name));
        Assert.Equal("/api/v1/byok?offset=0&limit=100&provider=acme-ai", server.Requests[^1].PathAndQuery);
    }

    [Fact]
    public void The_assembly_under_test_is_the_staged_one() =>
        Assert.Equal(
            Path.Combine(StagedModule.Folder, "Core", "OpenRouter.Byok.dll"),
            typeof(ByokKey).Assembly.Location);

    [Fact]
    public void A_scripted_server_keeps_what_came_over_the_wire()
    {
        using var server = new ScriptedServer();
        server.Then(Response.Error(418, "I am a teapot"));
        using var shell = ModuleRunspace.ConnectedTo(server);

        var error = shell.Run("Get-OpenRouterByokKey -Id " + Samples.Id).OnlyError();

        Assert.Contains("418: I am a teapot", error.ToString(), StringComparison.Ordinal);
        var request = Assert.Single(server.Requests);
        Assert.Equal("GET", request.Method);
        Assert.Equal("/api/v1/byok/" + Samples.Id, request.Target);
        Assert.Equal("Bearer " + ScriptedServer.Key, request.Header("Authorization"));
    }

    [Fact]
    public void The_screen_is_as_wide_as_it_is_said_to_be()
    {
        using var shell = new ModuleRunspace(width: 40);

        Assert.All(
            shell.Show("[pscustomobject]@{ a = 'x' * 100 }").Split('\n'),
            static line => Assert.True(line.Length <= 40, line));
    }
}
