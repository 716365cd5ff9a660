using System;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Input;

/// <summary>Slugs of providers as people type them.</summary>
public sealed class ProviderTests : IClassFixture<SandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public ProviderTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Provider OpenAI")]
    [InlineData("Get-OpenRouterByokKey -Provider ' openai '")]
    [InlineData("Get-OpenRouterByokKey -Provider OpenA*")]
    [InlineData("Get-OpenRouterByokKey -Provider (Get-OpenRouterProvider openai)")]
    public void Case_and_blanks_do_not_matter(string script) => Assert.Equal(
        server.Store.List(SampleAccount.DefaultWorkspaceId, "openai").Count,
        shell.Run(script).All<ByokKey>().Count);

    [Theory]
    [InlineData("New-OpenRouterByokKey opnai $key", "Did you mean 'openai'?")]
    [InlineData("Get-OpenRouterByokKey -Provider antropic", "Did you mean 'anthropic'?")]
    [InlineData("Resolve-OpenRouterByokRoute openai/gpt-5 -Provider opneai", "Did you mean 'openai'?")]
    [InlineData("Disable-OpenRouterByokKey * -Provider quite-another", "It is used as specified.")]
    public void One_that_nobody_knows_gets_a_warning_and_is_sent(string script, string message)
    {
        var result = shell.Run(script, new { key = Secret.Of("k") });

        Assert.Empty(result.Errors);
        Assert.Contains(message, Assert.Single(result.Warnings), StringComparison.Ordinal);
        var provider = script.Contains("New-", StringComparison.Ordinal) ? "opnai" : script.Split("-Provider ")[1];
        Assert.Contains(
            server.Requests,
            request => (request.PathAndQuery + request.Body).Contains(provider, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Provider acme-ai")]
    [InlineData("Get-OpenRouterByokKey -Provider openai, anthropic/2")]
    [InlineData("$null = New-OpenRouterByokKey acme-ai $key")]
    public void One_that_the_account_has_is_known(string script) =>
        Assert.Empty(shell.Run(script, new { key = Secret.Of("k") }).Warnings);

    [Fact]
    public void Rows_of_one_unknown_provider_get_one_warning() => Assert.Single(
        shell.Run(
            "1..3 | ForEach-Object { @{ Provider = 'opnai'; Name = \"n$_\" } } | New-OpenRouterByokKey -Key $key",
            new { key = Secret.Of("k") }).Warnings);

    [Fact]
    public void One_that_neither_the_module_nor_the_piped_credentials_know_gets_a_warning_without_asking()
    {
        var result = shell.Run(
            "@{ Provider = 'acme-ai' } | Resolve-OpenRouterByokRoute openai/gpt-5 -Provider opneai, acme-ai, openai");

        Assert.Contains("Did you mean 'openai'?", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(
        "Resolve-OpenRouterByokRoute openai/gpt-99 -Provider openai",
        "OpenRouter does not list the model 'openai/gpt-99'.")]
    public void A_model_that_nobody_knows_gets_a_warning_although_a_provider_is_named(string script, string message) =>
        Assert.Equal(message, Assert.Single(shell.Run(script).Warnings));
}
