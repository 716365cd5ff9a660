using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Byok.Completion;
using OpenRouter.Byok.Session;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Completion;

/// <summary>Which credentials the tab key offers: all that the command line is about, and no others.</summary>
public sealed class KeyCompletionTests : IClassFixture<SandboxShell>, IDisposable
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;
    private readonly FakeClock clock = new();
    private readonly OpenRouterSession session;

    public KeyCompletionTests(SandboxShell sandbox)
    {
        (server, shell) = (sandbox.Reset().Server, sandbox.Shell);
        session = new OpenRouterSession(
            new SessionSettings(server.BaseUri) { CompletionTimeout = TimeSpan.FromMinutes(1), Clock = clock },
            Secret.Of(server.ManagementKey));
        shell.Run("$session = $given", new { given = session });
    }

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("Get-OpenRouterByokKey Spare -Session $session")]
    [InlineData("Get-OpenRouterByokKey -First 1 -Session $session")]
    [InlineData("Get-OpenRouterByokKey -Skip 1 -Session $session")]
    [InlineData("Get-OpenRouterByokKey -Provider openai -Session $session")]
    [InlineData("Get-OpenRouterByokKey -State Disabled -Session $session")]
    [InlineData("Get-OpenRouterByokKey -Session $session | Select-Object -First 1 | Out-Null")]
    [InlineData("Get-OpenRouterByokKey -WorkspaceId $production -Session $session")]
    public void A_part_of_the_list_does_not_pass_for_the_whole(string command)
    {
        shell.Run(command, new { production = SampleAccount.ProductionWorkspaceId });

        Assert.Equal(NamesOf(SampleAccount.DefaultWorkspaceId), Names("Get-OpenRouterByokKey -Name "));
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Session $session", "")]
    [InlineData("Get-OpenRouterByokKey -AllWorkspaces -Session $session", "-AllWorkspaces ")]
    [InlineData("Get-OpenRouterByokKey -Workspace Production -Session $session", "-Workspace Production ")]
    [InlineData("Get-OpenRouterByokKey -WorkspaceId $production -Session $session", "-Workspace $production ")]
    public void The_whole_list_is_not_read_again_for_five_minutes(string command, string reach)
    {
        shell.Run(command, new { production = SampleAccount.ProductionWorkspaceId.ToString() });
        shell.Run("$null = Get-OpenRouterWorkspace -Session $session");
        server.ClearRequests();

        Assert.NotEmpty(Names($"Get-OpenRouterByokKey {reach}-Name "));
        Assert.Empty(server.Requests);

        clock.Pass(TimeSpan.FromMinutes(6));
        Assert.NotEmpty(Names($"Get-OpenRouterByokKey {reach}-Name "));
        Assert.NotEmpty(server.Requests);
    }

    [Fact]
    public void A_look_is_had_once()
    {
        foreach (var parameter in new[] { "Name", "Id", "Name" })
        {
            Assert.NotEmpty(Names($"Get-OpenRouterByokKey -{parameter} "));
        }

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("openai", "openai")]
    [InlineData("OPENAI", "openai")]
    [InlineData("'openai'", "openai")]
    [InlineData("open*", "openai")]
    [InlineData("openai, acme-ai", "openai", "acme-ai")]
    [InlineData("$provider", "azure")]
    public void Only_those_of_the_provider_are_offered(string typed, params string[] providers)
    {
        shell.Run("$provider = 'azure'");
        var own = server.Store.List(SampleAccount.DefaultWorkspaceId, null)
            .Where(key => providers.Contains(key.Provider)).ToList();

        Assert.Equal(
            own.Select(static key => key.Name).OfType<string>().Distinct().Order(),
            Names($"Get-OpenRouterByokKey -Provider {typed} -Name "));
    }

    [Theory]
    [InlineData("Set-OpenRouterByokKey -Provider openai -Name ")]
    [InlineData("Set-OpenRouterByokKey -Provider openai -Workspace Default ")]
    [InlineData("Enable-OpenRouterByokKey -Provider openai ")]
    [InlineData("Disable-OpenRouterByokKey -Provider openai -Name ")]
    [InlineData("Remove-OpenRouterByokKey -Provider openai ")]
    [InlineData("Test-OpenRouterByokKey -Provider openai -Name ")]
    public void So_it_is_for_whatever_takes_a_name(string typed) =>
        Assert.Equal(NamesOf(SampleAccount.DefaultWorkspaceId, "openai"), Names(typed));

    // No parameter set has both by now, so PowerShell would leave the provider out.
    [Theory]
    [InlineData("openai")]
    [InlineData("openai", "azure")]
    public void Ids_are_those_of_the_provider_too(params string[] providers)
    {
        var bound = new Hashtable { ["Provider"] = providers, ["Session"] = session };

        var offered = new ByokKeyIdCompleter().CompleteArgument("Set-OpenRouterByokKey", "Id", "", null!, bound);

        Assert.Equal(
            server.Store.List(SampleAccount.DefaultWorkspaceId, null)
                .Where(key => providers.Contains(key.Provider))
                .Select(static key => key.Id.ToString())
                .Order(),
            offered.Select(static match => match.CompletionText).Order());
    }

    [Theory]
    [InlineData("-Workspace Production")]
    [InlineData("-Workspace production")]
    [InlineData("-WorkspaceId $production")]
    [InlineData("-Workspace $object")]
    public void Only_those_of_the_workspace_and_the_global_ones_are_offered(string typed)
    {
        var id = SampleAccount.ProductionWorkspaceId.ToString();
        shell.Run("Get-OpenRouterByokKey -Session $session", new { production = id });
        shell.Run("$object = Get-OpenRouterWorkspace Production -Session $session");

        Assert.Equal(
            NamesOf(SampleAccount.ProductionWorkspaceId), Names($"Get-OpenRouterByokKey {typed} -Name "));
        Assert.Equal(
            NamesOf(SampleAccount.ProductionWorkspaceId, "openai"),
            Names($"Get-OpenRouterByokKey -Provider openai {typed} -Name "));
    }

    [Fact]
    public void All_workspaces_are_all()
    {
        var all = server.Store.Credentials.Select(static key => key.Name).OfType<string>();

        Assert.Equal(all.Distinct().Order(), Names("Get-OpenRouterByokKey -AllWorkspaces -Name "));
    }

    [Theory]
    [InlineData("-Provider [a")]
    [InlineData("-Provider $null")]
    [InlineData("-Workspace nowhere")]
    public void What_stands_there_may_make_no_sense_yet(string typed)
    {
        Names($"Get-OpenRouterByokKey {typed} -Name ");

        Assert.Equal(0, shell.Run("$Error.Count").Only<int>());
    }

    [Fact]
    public void What_is_created_removed_or_changed_here_is_known_at_once()
    {
        Assert.Contains("Pilot", Names("Get-OpenRouterByokKey -Name "));
        server.ClearRequests();

        shell.Run(
            """
            $PSDefaultParameterValues = @{ '*:Session' = $session }
            Get-OpenRouterByokKey -Id $pilot | Remove-OpenRouterByokKey -Confirm:$false
            $null = New-OpenRouterByokKey openai $secret -Name 'Just made'
            Disable-OpenRouterByokKey -Id $admins.ToUpperInvariant()
            $PSDefaultParameterValues.Clear()
            """,
            new { pilot = IdOf("Pilot"), admins = IdOf("Admins"), secret = Secret.Of("sk-new") });

        var names = Names("Get-OpenRouterByokKey -Name ");
        Assert.DoesNotContain("Pilot", names);
        Assert.Contains("Just made", names);
        Assert.EndsWith(
            ", disabled",
            Assert.Single(shell.Complete(session, "Get-OpenRouterByokKey -Name Admins")).ToolTip,
            StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, static request => request.PathAndQuery.Contains('?'));
    }

    [Fact]
    public void What_others_removed_is_gone_once_the_whole_list_was_read()
    {
        Assert.Contains("Pilot", Names("Get-OpenRouterByokKey -Name "));
        server.Store.Remove(Guid.Parse(IdOf("Pilot")));
        clock.Pass(TimeSpan.FromSeconds(1));

        shell.Run("Get-OpenRouterByokKey Spare -Session $session");
        Assert.Contains("Pilot", Names("Get-OpenRouterByokKey -Name "));

        shell.Run("Get-OpenRouterByokKey -Session $session");
        Assert.DoesNotContain("Pilot", Names("Get-OpenRouterByokKey -Name "));
    }

    [Fact]
    public void Reading_one_workspace_does_not_forget_those_of_another()
    {
        shell.Run("$null = Get-OpenRouterByokKey -AllWorkspaces -Session $session");
        clock.Pass(TimeSpan.FromSeconds(1));

        shell.Run("$null = Get-OpenRouterByokKey -Session $session");
        server.ClearRequests();

        Assert.Equal(
            NamesOf(SampleAccount.ProductionWorkspaceId),
            Names($"Get-OpenRouterByokKey -WorkspaceId {SampleAccount.ProductionWorkspaceId} -Name "));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Nobody_waits_for_what_another_key_press_has_waited_for_and_is_still_being_read()
    {
        var what = new TypedKeySelection(new Hashtable()).ToString();
        session.PendingReads[what] = true;

        Assert.Empty(Names("Get-OpenRouterByokKey -Name "));
        Assert.Empty(server.Requests);

        session.PendingReads.Clear();
        Assert.NotEmpty(Names("Get-OpenRouterByokKey -Name "));
        Assert.Empty(session.PendingReads);
    }

    [Fact]
    public async Task What_came_too_late_for_one_key_press_is_there_for_a_later_one()
    {
        var isAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Intercept = async _ =>
        {
            isAsked.TrySetResult();
            await mayAnswer.Task;
            return false;
        };
        using var hasty = new OpenRouterSession(
            new SessionSettings(server.BaseUri) { CompletionTimeout = TimeSpan.Zero },
            Secret.Of(server.ManagementKey));

        Assert.Empty(shell.Complete(hasty, "Get-OpenRouterByokKey -Name "));
        await isAsked.Task;
        mayAnswer.SetResult();
        while (!hasty.PendingReads.IsEmpty)
        {
            await Task.Yield();
        }

        Assert.NotEmpty(shell.Complete(hasty, "Get-OpenRouterByokKey -Name "));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_number_of_credentials_is_told_only_when_all_were_seen()
    {
        shell.Run("Get-OpenRouterByokKey Pilot -Session $session");
        Assert.Equal("Provider acme-ai", Tip());

        shell.Run("Get-OpenRouterByokKey -Session $session");
        Assert.Equal("Provider acme-ai, credentials in your account: 2", Tip());

        string Tip() => Assert.Single(shell.Complete(session, "Get-OpenRouterByokKey -Provider acme")).ToolTip;
    }

    [Fact]
    public void What_is_completed_is_found()
    {
        server.Store.Add(server.Store.Credentials[0] with { Id = Guid.NewGuid(), Name = "Team [a*] it’s `x" });

        var completed = Assert.Single(shell.Complete(session, "Get-OpenRouterByokKey 'Team [")).CompletionText;

        Assert.Equal(
            "Team [a*] it’s `x",
            shell.Run($"Get-OpenRouterByokKey {completed} -Session $session").Only<ByokKey>().Name);
    }

    private string IdOf(string name) => server.Store.Credentials.Single(key => key.Name == name).Id.ToString();

    private IEnumerable<string> NamesOf(Guid workspace, string? provider = null) =>
        server.Store.List(workspace, provider).Select(static key => key.Name).OfType<string>().Distinct().Order();

    private List<string> Names(string typed) =>
        [.. shell.Complete(session, typed).Select(static match => match.ListItemText).Order()];
}
