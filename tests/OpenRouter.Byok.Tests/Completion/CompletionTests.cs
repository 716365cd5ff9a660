using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Completion;

/// <summary>What the tab key offers, and that it never makes anybody wait.</summary>
[Collection(NonParallel.Name)]
public sealed class CompletionTests : IClassFixture<SandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public CompletionTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Theory]
    [InlineData("New-OpenRouterByokKey -Provider anth")]
    [InlineData("New-OpenRouterByokKey anth")]
    [InlineData("Get-OpenRouterByokKey -Provider ANTH")]
    [InlineData("Get-OpenRouterByokKey -Provider openai, anth")]
    [InlineData("Get-OpenRouterByokKey -Provider 'anth")]
    public void Providers_complete_from_those_that_are_known_and_listed(string typed)
    {
        var offered = Values(typed);

        Assert.Equal(["anthropic", "anthropic/2"], offered.Select(static match => match.CompletionText.Trim('\'')));
        Assert.Contains("anthropic", offered[0].ToolTip, StringComparison.OrdinalIgnoreCase);
        Assert.All(server.Requests, static request => Assert.Equal("/api/v1/providers", request.PathAndQuery));
    }

    [Fact]
    public void All_providers_are_offered_to_an_empty_word_sorted_and_each_once()
    {
        var offered = Texts("Get-OpenRouterByokKey -Provider ");

        Assert.InRange(offered.Count, 50, 500);
        Assert.Equal(offered.Order().Distinct(), offered);
    }

    [Fact]
    public void A_provider_nobody_knows_completes_once_a_credential_of_it_was_seen()
    {
        Assert.DoesNotContain("acme-ai", Texts("Get-OpenRouterByokKey -Provider ac"));

        shell.Run("Get-OpenRouterByokKey");

        var seen = Assert.Single(Values("Get-OpenRouterByokKey -Provider ac"));
        Assert.Equal("acme-ai", seen.CompletionText);
        Assert.Equal("Provider acme-ai, credentials in your account: 2", seen.ToolTip);
    }

    [Theory]
    [InlineData("New-OpenRouterByokKey openai -DeclaredRegion ", "europe", "global", "us")]
    [InlineData("Set-OpenRouterByokKey x -DeclaredRegion eu", "europe")]
    [InlineData("Set-OpenRouterByokKey x -DeclaredRegion mars")]
    public void Regions_complete_with_what_they_mean(string typed, params string[] regions)
    {
        var offered = Values(typed);

        Assert.Equal(regions, offered.Select(static match => match.CompletionText));
        Assert.All(offered, static match => Assert.True(match.ToolTip.Length > match.CompletionText.Length));
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Id ")]
    [InlineData("Set-OpenRouterByokKey -Id ")]
    [InlineData("Remove-OpenRouterByokKey -Id ")]
    [InlineData("Enable-OpenRouterByokKey -Id ")]
    [InlineData("Disable-OpenRouterByokKey -Id ")]
    public void Ids_complete_with_what_they_are_of_as_tooltip(string typed)
    {
        var pilot = server.Store.Credentials.Single(static key => key.Name == "Pilot");

        var offered = Assert.Single(Values(typed + pilot.Id.ToString()[..6]));

        Assert.Equal(pilot.Id.ToString(), offered.CompletionText);
        Assert.Equal("acme-ai: Pilot, acm...5512, enabled", offered.ToolTip);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void A_name_finds_its_id()
    {
        var pilot = server.Store.Credentials.Single(static key => key.Name == "Pilot");

        Assert.Equal(pilot.Id.ToString(), Assert.Single(Texts("Set-OpenRouterByokKey -Id pil")));
    }

    [Fact]
    public void A_tooltip_says_what_has_no_name_and_what_is_disabled()
    {
        var toolTips = Values("Get-OpenRouterByokKey -Id ").Select(static match => match.ToolTip).ToList();

        Assert.Contains("openai: without a name, sk-...Hy6s, enabled", toolTips);
        Assert.Contains("openai: Old laptop, sk-...00zT, disabled", toolTips);
        Assert.Equal(server.Store.List(SampleAccount.DefaultWorkspaceId, null).Count, toolTips.Count);
    }

    [Fact]
    public void Names_complete_quoted_where_they_must_be()
    {
        server.Store.Add(server.Store.Credentials[0] with { Id = Guid.NewGuid(), Name = "Team's $pet; `key" });

        Assert.Equal("'Team account'", Texts("Get-OpenRouterByokKey Team")[0]);
        Assert.Equal("Pilot", Assert.Single(Texts("Get-OpenRouterByokKey -Name pi")));
        var quoted = Texts("Get-OpenRouterByokKey -Name \"team's").Single();
        Assert.Equal("Team's $pet; ``key", shell.Run(quoted).Output.Single().BaseObject);
    }

    [Fact]
    public void Credentials_of_one_name_are_offered_once_with_all_of_them_as_tooltip()
    {
        server.Store.Add(server.Store.Credentials.Single(static key => key.Name == "Pilot") with
        {
            Id = Guid.NewGuid(),
            Provider = "zzz",
        });

        var offered = Assert.Single(Values("Get-OpenRouterByokKey Pil"));

        Assert.Equal(2, offered.ToolTip.Split('\n').Length);
    }

    [Fact]
    public void What_was_seen_is_not_asked_for_again()
    {
        shell.Run("Get-OpenRouterByokKey");
        server.ClearRequests();

        Assert.NotEmpty(Texts("Get-OpenRouterByokKey -Id "));
        Assert.NotEmpty(Texts("Get-OpenRouterByokKey -Name "));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_removed_credential_is_not_offered_any_more()
    {
        var pilot = server.Store.Credentials.Single(static key => key.Name == "Pilot").Id.ToString();
        shell.Run("Get-OpenRouterByokKey; Remove-OpenRouterByokKey $pilot -Confirm:$false", new { pilot });

        Assert.Empty(Values("Get-OpenRouterByokKey -Id " + pilot));
    }

    [Fact]
    public void A_session_that_is_named_is_the_one_that_is_looked_at()
    {
        shell.Run(
            "$s = Get-OpenRouterContext; $null = Connect-OpenRouter $k -SkipCheck -BaseUri http://127.0.0.1:9/",
            new { k = Secret.Of("k") });

        Assert.Equal("Pilot", Assert.Single(Texts("Get-OpenRouterByokKey -Session $s -Name pi")));
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Id ")]
    [InlineData("Get-OpenRouterByokKey -Name ")]
    [InlineData("Set-OpenRouterByokKey -Id abc")]
    public void Without_a_session_it_offers_nothing_and_says_nothing(string typed)
    {
        shell.Run("Disconnect-OpenRouter");

        Assert.Empty(Values(typed));

        Assert.Empty(shell.Run("$Error").Output);
        Assert.NotEmpty(Values("Get-OpenRouterByokKey -Provider "));
    }

    [Fact]
    public void A_server_that_is_down_is_nothing_to_wait_for()
    {
        shell.Connect(ScriptedServer.Nowhere(), "k");

        IsQuickAndSilent();
    }

    [Fact]
    public void A_server_that_says_nothing_is_not_waited_for()
    {
        using var silent = new ScriptedServer { DefaultResponse = static _ => Tests.Response.Silence };
        shell.Connect(silent.BaseUri, "k");

        IsQuickAndSilent();
    }

    [Fact]
    public void A_server_that_refuses_the_key_is_not_complained_about()
    {
        shell.Connect(server.BaseUri, "wrong");

        IsQuickAndSilent();
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -State ", "Disabled", "Enabled")]
    public void States_complete(string typed, params string[] states) => Assert.Equal(states, Texts(typed));

    private void IsQuickAndSilent()
    {
        var watch = Stopwatch.StartNew();

        Assert.Empty(Values("Get-OpenRouterByokKey -Id "));

        Assert.InRange(watch.ElapsedMilliseconds, 0, 1500);
        Assert.Empty(shell.Run("$Error").Output);
    }

    private List<string> Texts(string typed) => [.. Values(typed).Select(static match => match.CompletionText)];

    // Where a completer offers nothing, PowerShell offers the files of the folder.
    private List<CompletionResult> Values(string typed) =>
        [.. shell.Complete(typed).Where(static match => match.ResultType == CompletionResultType.ParameterValue)];
}
