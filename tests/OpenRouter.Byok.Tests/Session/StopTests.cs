using System;
using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace OpenRouter.Byok.Tests.Session;

/// <summary>Ctrl+C: over within half a second, and nothing is sent afterwards.</summary>
[Collection(NonParallel.Name)]
public sealed class StopTests : IClassFixture<ScriptedShell>
{
    private const string Ids = "1..100 | ForEach-Object { [guid]::new($_, 0, 0, [byte[]]::new(8)) } |";

    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public StopTests(ScriptedShell scripted) =>
        (server, shell) = (scripted.Reset("-MaximumRetryCount 5 -TimeoutSec 60").Server, scripted.Shell);

    [Theory]
    [InlineData("Get-OpenRouterByokKey")]
    [InlineData("Get-OpenRouterByokKey -AllWorkspaces")]
    [InlineData("Get-OpenRouterByokKey -Id " + Samples.Id)]
    [InlineData(Ids + " Get-OpenRouterByokKey")]
    [InlineData(Ids + " Set-OpenRouterByokKey -NewName x")]
    [InlineData(Ids + " Remove-OpenRouterByokKey -Confirm:$false")]
    [InlineData("New-OpenRouterByokKey openai $key")]
    [InlineData("Connect-OpenRouter $key -BaseUri $uri")]
    public Task A_request_without_an_answer_can_be_stopped(string script) =>
        StopsAsync(script, static _ => Response.Silence);

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Id " + Samples.Id)]
    [InlineData(Ids + " Set-OpenRouterByokKey -NewName x")]
    public Task An_answer_that_trickles_can_be_stopped(string script) =>
        StopsAsync(script, static _ => Response.Trickle(Samples.Published, TimeSpan.FromMilliseconds(50)));

    [Theory]
    [InlineData("Get-OpenRouterByokKey")]
    [InlineData(Ids + " Remove-OpenRouterByokKey -Confirm:$false")]
    [InlineData("New-OpenRouterByokKey openai $key")]
    public Task A_wait_before_a_repetition_can_be_stopped(string script) =>
        StopsAsync(script, static _ => Response.Error(429, "Slow down", "Retry-After: 60"));

    private async Task StopsAsync(string script, Func<RawRequest, Response> answer)
    {
        server.DefaultResponse = answer;
        using var running = shell.Start(script, new { key = Secret.Of("k"), uri = server.BaseUri });
        await server.WaitForAsync(1, TestContext.Current.CancellationToken);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();

        running.Stop();

        Assert.InRange(watch.ElapsedMilliseconds, 0, 500);
        var connections = server.Connections;
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(connections, server.Connections);
        Assert.True(running.IsOver);
        Assert.Single(shell.Run("'still here'").Output);
    }
}
