using System;
using System.Text.RegularExpressions;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Lookups;

/// <summary>Views: ids read as names where the session knows them, and tables fit the screen.</summary>
public sealed partial class NamesInViewsTests : IClassFixture<SandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public NamesInViewsTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Fact]
    public void Ids_read_as_names_once_the_names_were_seen()
    {
        shell.Run("Get-OpenRouterWorkspace; Get-OpenRouterApiKey -AllWorkspaces; Get-OpenRouterMember");
        server.ClearRequests();

        Assert.Equal($"Production ({SampleAccount.ProductionWorkspaceId})", Workspace());
        Assert.Equal($"EU batch ({SampleAccount.Batch.Hash[..8]}…), {Samples.Hash}", ApiKeys());
        Assert.Equal("ada.okafor@example.com, user_other", Members());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Ids_stay_ids_where_they_were_not_and_nothing_is_asked()
    {
        AssertIds();
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Views_work_without_a_session()
    {
        shell.Run("$null = Get-OpenRouterWorkspace; Disconnect-OpenRouter");

        AssertIds();
    }

    [Fact]
    public void Names_of_one_account_are_not_those_of_the_next()
    {
        shell.Run("$null = Get-OpenRouterWorkspace");
        shell.Connect(server.BaseUri, server.ManagementKey);

        AssertIds();
    }

    [Fact]
    public void The_context_names_the_workspace()
    {
        shell.Connect(server.BaseUri, server.ManagementKey, "-Workspace production");

        Assert.Contains(
            $"WorkspaceId       : Production ({SampleAccount.ProductionWorkspaceId})",
            Plain(shell.Show("Get-OpenRouterContext")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OpenRouterProvider", "Slug", "Data centers")]
    [InlineData("Get-OpenRouterModel", "Id", "USD/M out")]
    [InlineData("Get-OpenRouterWorkspace", "Name", "Id")]
    [InlineData("Get-OpenRouterApiKey -AllWorkspaces", "Name", "Hash")]
    [InlineData("Get-OpenRouterMember", "Name", "Id")]
    public void Tables_have_all_their_columns_at_80(string script, string first, string last)
    {
        using var narrow = ModuleRunspace.ConnectedTo(server, width: 80);

        var lines = Plain(narrow.Show(script)).Split('\n');

        Assert.StartsWith(first, lines[0], StringComparison.Ordinal);
        Assert.Contains(last, lines[0], StringComparison.Ordinal);
        Assert.All(lines, static line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Prices_are_shown_for_a_million_tokens() =>
        Assert.EndsWith(
            "400,000      0.25      2.00",
            shell.Show("Get-OpenRouterModel openai/gpt-5-mini").Split('\n')[^1],
            StringComparison.Ordinal);

    private void AssertIds()
    {
        Assert.Equal(SampleAccount.ProductionWorkspaceId.ToString(), Workspace());
        Assert.Equal($"{SampleAccount.Batch.Hash}, {Samples.Hash}", ApiKeys());
        Assert.Equal($"{SampleAccount.Ada.Id}, user_other", Members());
    }

    private static string Plain(string text) => Colours().Replace(text, "");

    [GeneratedRegex("\\x1b\\[[0-9;]*m")]
    private static partial Regex Colours();

    private string Workspace() => Text($"Workspace('{SampleAccount.ProductionWorkspaceId}')");

    private string ApiKeys() => Text($"ApiKeys([string[]]('{SampleAccount.Batch.Hash}', '{Samples.Hash}'))");

    private string Members() => Text($"Members([string[]]('{SampleAccount.Ada.Id}', 'user_other'))");

    private string Text(string call) => shell.Run($"[OpenRouter.Byok.Views.ViewText]::{call}").Only<string>();
}
