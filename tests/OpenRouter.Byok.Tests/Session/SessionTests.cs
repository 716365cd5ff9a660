using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Session;

/// <summary>Whom the cmdlets talk as.</summary>
public sealed class SessionTests : IClassFixture<SandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public SessionTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Fact]
    public void Connecting_proves_the_key_and_shows_its_label_never_itself()
    {
        var result = Connect("Connect-OpenRouter $key -BaseUri $uri -PassThru -Verbose");

        var session = result.Only<OpenRouterSession>();
        Assert.Equal("/api/v1/key", Assert.Single(server.Requests).PathAndQuery);
        Assert.Equal(SampleAccount.KeyLabel(server.ManagementKey), session.KeyLabel);
        Assert.Equal(server.BaseUri, session.BaseUri);
        Assert.Equal("Parameter", session.KeySource);
        Assert.DoesNotContain(server.ManagementKey, result.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(server.ManagementKey, shell.Show("Get-OpenRouterContext"), StringComparison.Ordinal);
    }

    [Fact]
    public void Connecting_says_nothing() => Connect("Connect-OpenRouter $key -BaseUri $uri").IsSilent();

    [Fact]
    public void An_inference_key_is_refused_with_how_to_get_the_right_one()
    {
        var error = shell.Run(
            "Disconnect-OpenRouter; Connect-OpenRouter $key -BaseUri $uri",
            new { key = Secret.Of(server.InferenceKey), uri = server.BaseUri }).OnlyError();

        Assert.Equal("OpenRouterByok.NotManagementKey", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category);
        Assert.Equal(
            $"The key '{SampleAccount.KeyLabel(server.InferenceKey)}' is not a management key.", error.ToString());
        Assert.Contains(
            "https://openrouter.ai/settings/management-keys",
            error.ErrorDetails.RecommendedAction,
            StringComparison.Ordinal);
        Assert.Empty(shell.Run("Get-OpenRouterContext").Output);
    }

    [Fact]
    public void A_wrong_key_leaves_the_session_that_was_there()
    {
        var before = shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>();

        var error = shell.Run(
            "Connect-OpenRouter $key -BaseUri $uri",
            new { key = Secret.Of("sk-or-v1-wrong"), uri = server.BaseUri }).OnlyError();

        Assert.Equal("OpenRouterByok.Unauthorized", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Same(before, shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>());
        Assert.NotEmpty(shell.Run("Get-OpenRouterByokKey -Provider acme-ai").All<ByokKey>());
    }

    [Fact]
    public void The_older_name_of_a_management_key_counts_as_well()
    {
        using var old = new ScriptedServer();
        old.Then(Response.Json("""{"data":{"label":"sk-...old","is_provisioning_key":true}}"""));

        var session = shell.Run(
            "Connect-OpenRouter $key -BaseUri $uri -PassThru",
            new { key = Secret.Of("k"), uri = old.BaseUri }).Only<OpenRouterSession>();

        Assert.Equal("sk-...old", session.KeyLabel);
    }

    [Fact]
    public void Every_runspace_has_its_own_session()
    {
        using var other = new ModuleRunspace();

        var error = other.Run("Get-OpenRouterByokKey").OnlyError();

        Assert.Equal("OpenRouterByok.NoKey", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.NotEmpty(shell.Run("Get-OpenRouterByokKey").All<ByokKey>());
    }

    [Fact]
    public void A_session_can_be_handed_to_another_runspace()
    {
        using var other = new ModuleRunspace();
        var session = shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>();

        Assert.NotEmpty(other.Run("Get-OpenRouterByokKey -Session $session", new { session }).All<ByokKey>());

        Assert.Empty(other.Run("Get-OpenRouterContext").Output);
    }

    [Fact]
    public async Task One_session_serves_several_runspaces_at_once()
    {
        var session = shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>();
        var expected = server.Store.List(SampleAccount.DefaultWorkspaceId, null).Count;

        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using var other = new ModuleRunspace();
            return other.Run("1..5 | ForEach-Object { Get-OpenRouterByokKey -Session $session }", new { session })
                .All<ByokKey>().Count;
        })));

        Assert.All(counts, count => Assert.Equal(5 * expected, count));
    }

    [Fact]
    public void Two_accounts_can_be_worked_on_at_once()
    {
        using var other = new ScriptedServer();
        other.DefaultResponse = Samples.Echo;

        var result = shell.Run(
            """
            $a = Get-OpenRouterContext
            $b = Connect-OpenRouter $key -BaseUri $uri -SkipCheck -PassThru
            (Get-OpenRouterByokKey -Provider acme-ai -Session $a).Count
            (Get-OpenRouterByokKey -Id $one -Session $b).Id
            (Get-OpenRouterByokKey -Id $two).Id
            (Get-OpenRouterByokKey -Provider acme-ai -Session $a).Count
            """,
            new { key = Secret.Of("k"), uri = other.BaseUri, one = Samples.Id, two = Samples.OtherId });

        Assert.Empty(result.Errors);
        Assert.Equal([2, Samples.Id, Samples.OtherId, 2], result.Output.Select(static value => value.BaseObject));
    }

    [Fact]
    public void Disconnecting_wipes_the_session_and_is_silent_when_there_is_none()
    {
        var session = shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>();

        shell.Run("Disconnect-OpenRouter; Disconnect-OpenRouter").IsSilent();

        Assert.Equal("OpenRouterByok.NoKey", IdOf(shell.Run("Get-OpenRouterByokKey")));
        Assert.Throws<ObjectDisposedException>(() => session.IsFor(session.BaseUri, Secret.Of(server.ManagementKey)));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Session $session")]
    [InlineData(Samples.TwoIds + " | Set-OpenRouterByokKey -NewName x -Session $session")]
    [InlineData("New-OpenRouterByokKey openai $key -Session $session")]
    [InlineData("Remove-OpenRouterByokKey " + Samples.Id + " -Confirm:$false -Session $session")]
    public void A_session_that_was_disconnected_fails_cleanly(string script)
    {
        var session = shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>();
        shell.Run("Disconnect-OpenRouter -Session $session", new { session }).IsSilent();

        var result = shell.Run(script, new { session, key = Secret.Of("k") });

        var error = result.OnlyError();
        Assert.Equal("OpenRouterByok.SessionClosed", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category);
        Assert.EndsWith("failed: the session was disconnected.", error.ToString(), StringComparison.Ordinal);
        Assert.NotNull(result.Terminating);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Disconnecting_another_session_leaves_the_own_one()
    {
        var mine = shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>();
        var other = shell.Connect(server.BaseUri, server.ManagementKey);
        shell.Run("Disconnect-OpenRouter -Session $mine", new { mine }).IsSilent();

        Assert.Same(other, shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>());
        Assert.NotEmpty(shell.Run("Get-OpenRouterByokKey").All<ByokKey>());
    }

    [Fact]
    public void Removing_the_module_wipes_the_session()
    {
        using var own = ModuleRunspace.ConnectedTo(server);
        var session = own.Run("Get-OpenRouterContext").Only<OpenRouterSession>();

        own.Run("Remove-Module OpenRouter.Byok").IsSilent();

        Assert.Throws<ObjectDisposedException>(() => session.IsFor(session.BaseUri, Secret.Of(server.ManagementKey)));
    }

    [Fact]
    public void The_context_tells_what_was_set()
    {
        var session = shell.Connect(
            new Uri("https://eu.openrouter.ai/api/v1"),
            "k",
            $"-WorkspaceId {Samples.Id} -TimeoutSec 7 -MaximumRetryCount 3 -Proxy http://proxy.example.com:8080");

        Assert.Equal(Samples.Id, session.WorkspaceId);
        Assert.Equal(TimeSpan.FromSeconds(7), session.Timeout);
        Assert.Equal(3, session.MaximumRetryCount);
        Assert.Equal(new Uri("http://proxy.example.com:8080"), session.Proxy);
        Assert.Null(session.KeyLabel);
    }

    [Fact]
    public void Every_cmdlet_that_talks_takes_a_session()
    {
        var without = shell.Run(
            """
            Get-Command -Module OpenRouter.Byok |
                Where-Object { -not $_.Parameters.ContainsKey('Session') } |
                ForEach-Object Name
            """);

        Assert.Equal(
            ["Connect-OpenRouter", "New-OpenRouterByokSecret"],
            without.Output.Select(static name => name.ToString()));
    }

    private RunResult Connect(string script) =>
        shell.Run(script, new { key = Secret.Of(server.ManagementKey), uri = server.BaseUri });

    private static string IdOf(RunResult result) => result.OnlyError().FullyQualifiedErrorId.Split(',')[0];
}
