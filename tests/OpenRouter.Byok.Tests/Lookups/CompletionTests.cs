using System;
using System.Diagnostics;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Lookups;

/// <summary>What the tab key offers where names and ids are wanted.</summary>
[Collection(NonParallel.Name)]
public sealed class CompletionTests : IClassFixture<SandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public CompletionTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Workspace ", "Default", "Production", "Scratch")]
    [InlineData("New-OpenRouterByokKey openai -Workspace pr", "Production")]
    [InlineData("Get-OpenRouterWorkspace d", "Default")]
    [InlineData("Get-OpenRouterApiKey -Workspace 'p", "Production")]
    [InlineData("Get-OpenRouterApiKey n", "'Nightly eval'")]
    [InlineData("Set-OpenRouterByokKey x -AllowedApiKey Storefront, s", "Storefront", "'Support desk'")]
    [InlineData("New-OpenRouterByokKey openai -AllowedApiKey 'Nightly e", "'Nightly eval'")]
    [InlineData("Get-OpenRouterByokKey -ApiKey proto", "'Prototype 2025'")]
    [InlineData("Set-OpenRouterByokKey x -AllowedUser mei", "'mei.tanaka@example.com'")]
    [InlineData("Set-OpenRouterByokKey x -AllowedUser okafor", "'ada.okafor@example.com'")]
    [InlineData("Get-OpenRouterByokKey -User r", "'rafael.costa@example.com'")]
    [InlineData("Get-OpenRouterMember j", "'jonas.lindqvist@example.com'")]
    [InlineData("Set-OpenRouterByokKey x -AllowedModel openai/gpt-5", "openai/gpt-5", "openai/gpt-5-mini")]
    [InlineData("New-OpenRouterByokKey openai -AllowedModel grok", "x-ai/grok-4")]
    [InlineData("Get-OpenRouterByokKey -Model cohere", "cohere/command-a")]
    [InlineData("Get-OpenRouterModel o4", "openai/o4-mini")]
    [InlineData("Get-OpenRouterModel -Provider azu", "azure")]
    public void Names_are_completed_from_the_account(string line, params string[] expected) =>
        Assert.Equal(expected, shell.Complete(line).Select(static match => match.CompletionText));

    [Fact]
    public void Ids_are_found_by_names()
    {
        Assert.Equal(
            SampleAccount.ProductionWorkspaceId.ToString(),
            Assert.Single(shell.Complete("Get-OpenRouterByokKey -WorkspaceId prod")).CompletionText);
        var hash = SampleAccount.Evaluation.Hash;
        Assert.Equal(
            // PowerShell could read what begins with a digit as a number. The hash is another one in each process.
            char.IsAsciiDigit(hash[0]) ? $"'{hash}'" : hash,
            Assert.Single(shell.Complete("Set-OpenRouterByokKey x -AllowedApiKeyHash nig")).CompletionText);
        Assert.Equal(
            SampleAccount.Mei.Id,
            Assert.Single(shell.Complete("Set-OpenRouterByokKey x -AllowedUserId mei")).CompletionText);
        Assert.Equal(
            SampleAccount.Mei.Id,
            Assert.Single(shell.Complete("Set-OpenRouterByokKey x -AllowedUserId " + SampleAccount.Mei.Id[..9]))
                .CompletionText);
    }

    [Theory]
    [InlineData("Set-OpenRouterByokKey -Id ", "acm", "Load test (acme-ai)", "Pilot (acme-ai)")]
    [InlineData("Set-OpenRouterByokKey -Id ", "sk-...Hy6s", "sk-...Hy6s (openai)")]
    [InlineData("Get-OpenRouterByokKey -WorkspaceId ", "", "Default", "Production", "Scratch")]
    [InlineData("Set-OpenRouterByokKey x -AllowedApiKeyHash ", "Night", "Nightly eval")]
    [InlineData("Set-OpenRouterByokKey x -AllowedUserId ", "Mei", "Mei Tanaka")]
    public void Ids_are_listed_by_names_in_their_order(string line, string part, params string[] expected)
    {
        var offered = shell.Complete(line);

        Assert.Equal(expected, offered.Select(static match => match.ListItemText)
            .Where(text => text.Contains(part, StringComparison.Ordinal)));
        Assert.DoesNotContain(offered, static match => match.CompletionText.Trim('\'') == match.ListItemText);
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Workspace prod", "Workspace Production: slug production, id ")]
    [InlineData("Get-OpenRouterByokKey -WorkspaceId prod", "Workspace Production: slug production, id ")]
    [InlineData("Get-OpenRouterApiKey nig", "API key Nightly eval: ")]
    [InlineData("Get-OpenRouterApiKey -Hash nig", "API key Nightly eval: ")]
    [InlineData("Get-OpenRouterMember mei", "Mei Tanaka, org:member: id user_")]
    [InlineData(
        "Get-OpenRouterModel openai/gpt-5-m",
        "OpenAI: GPT-5 Mini: 400000 tokens, USD 0.25 per million input tokens, USD 2 per million output tokens")]
    [InlineData("Get-OpenRouterProvider google-v", "google-vertex: provider Google")]
    public void Tooltips_say_what_it_is(string line, string toolTip) =>
        Assert.StartsWith(toolTip, Assert.Single(shell.Complete(line)).ToolTip, StringComparison.Ordinal);

    [Fact]
    public void A_provider_that_is_listed_now_is_completed_too()
    {
        var newest = server.Store.Providers[0] with { Slug = "zz-new", Name = "New one" };
        server.Store.Providers = [.. server.Store.Providers, newest];

        Assert.Equal("zz-new", Assert.Single(shell.Complete("New-OpenRouterByokKey zz")).CompletionText);
    }

    [Fact]
    public void What_was_read_is_kept()
    {
        foreach (var _ in Enumerable.Range(0, 3))
        {
            shell.Complete("Set-OpenRouterByokKey x -AllowedApiKey n");
            shell.Complete("Set-OpenRouterByokKey x -AllowedUser m");
            shell.Complete("Set-OpenRouterByokKey x -AllowedModel o");
        }

        // Workspaces, the API keys of three of them, members, models.
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public void The_session_that_is_named_is_asked()
    {
        shell.Run("$other = $given", new { given = shell.Connect(server.BaseUri, server.ManagementKey) });
        shell.Connect(ScriptedServer.Nowhere(), "sk-or-v1-nobody");

        Assert.Equal(
            "Production",
            Assert.Single(shell.Complete("Get-OpenRouterByokKey -Session $other -Workspace prod")).CompletionText);
    }

    [Fact]
    public void A_session_that_is_not_there_yet_is_not_taken_for_another()
    {
        Assert.DoesNotContain(
            shell.Complete("Get-OpenRouterByokKey -Session $nobody -Workspace prod"),
            static match => match.CompletionText == "Production");
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("Get-OpenRouterWorkspace ")]
    [InlineData("Get-OpenRouterApiKey ")]
    [InlineData("Get-OpenRouterMember ")]
    [InlineData("Get-OpenRouterModel ")]
    public void A_server_that_does_not_answer_is_not_waited_for(string line)
    {
        using var silent = new ScriptedServer { DefaultResponse = static _ => Response.Silence };
        shell.Connect(silent.BaseUri, ScriptedServer.Key);
        shell.Complete("Get-OpenRouterContext -S");
        var watch = Stopwatch.StartNew();

        shell.Complete(line);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.NotEmpty(silent.Requests);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    [InlineData(200)]
    public void A_failure_is_silent_and_the_known_providers_are_offered_all_the_same(int status)
    {
        using var broken = new ScriptedServer { DefaultResponse = _ => Response.Html(status) };
        shell.Connect(broken.BaseUri, ScriptedServer.Key, "-MaximumRetryCount 0");

        Assert.DoesNotContain(
            shell.Complete("Get-OpenRouterWorkspace prod"), static match => match.CompletionText == "Production");
        Assert.Contains(
            shell.Complete("New-OpenRouterByokKey anth"), static match => match.CompletionText == "anthropic");
        Assert.Equal(0, shell.Run("$Error.Count").Only<int>());
    }
}
