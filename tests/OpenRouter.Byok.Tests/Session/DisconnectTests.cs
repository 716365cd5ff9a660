using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Xunit;

namespace OpenRouter.Byok.Tests.Session;

/// <summary>Disconnecting a session that another runspace is using.</summary>
public sealed class DisconnectTests : IClassFixture<ScriptedShell>
{
    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public DisconnectTests(ScriptedShell scripted) =>
        (server, shell) = (scripted.Reset("-MaximumRetryCount 5 -TimeoutSec 3600").Server, scripted.Shell);

    public static TheoryData<string, string> Uses => new()
    {
        { "Get-OpenRouterByokKey -Id $id", "silence" },
        { "Get-OpenRouterByokKey -Id $id", "stalled" },
        { "Get-OpenRouterByokKey -Id $id", "wait" },
        { "Get-OpenRouterByokKey", "stalled" },
        { "$id | Set-OpenRouterByokKey -Disabled", "stalled" },
        { "Remove-OpenRouterByokKey -Id $id -Confirm:$false", "wait" },
        { "New-OpenRouterByokKey openai $key", "silence" },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task What_is_under_way_ends_at_once_and_nothing_more_is_sent(string script, string answer)
    {
        server.DefaultResponse = _ => answer switch
        {
            "silence" => Response.Silence,
            "stalled" => Response.Stalled("""{"data":"""),
            _ => Response.Error(503, "Busy", "Retry-After: 200"),
        };
        var session = shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>();
        using var other = new ModuleRunspace();
        using var running = other.Start(
            script + " -Session $session", new { session, id = Samples.Id, key = Secret.Of("k") });
        await server.WaitForAsync(1, TestContext.Current.CancellationToken);

        shell.Run("Disconnect-OpenRouter").IsSilent();

        var result = await running.EndAsync();
        var error = Assert.Single(result.Errors);
        Assert.NotNull(result.Terminating);
        Assert.Equal("OpenRouterByok.SessionClosed", error.FullyQualifiedErrorId.Split(',').First());
        Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category);
        Assert.EndsWith("failed: the session was disconnected.", error.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }
}
