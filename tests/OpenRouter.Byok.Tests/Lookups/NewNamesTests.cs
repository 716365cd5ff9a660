using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Lookups;

/// <summary>Names of what a new credential belongs to, and of the workspace of a session.</summary>
public sealed class NewNamesTests : IClassFixture<SandboxShell>
{
    private static readonly string Production = SampleAccount.ProductionWorkspaceId.ToString();

    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public NewNamesTests(SandboxShell sandbox)
    {
        (server, shell) = (sandbox.Reset().Server, sandbox.Shell);
        shell.Run("", new { secret = Secret.Of("sk-test-0123456789"), id = Samples.Id });
    }

    [Fact]
    public void A_new_credential_means_the_API_keys_of_its_own_workspace_first()
    {
        Add(SampleAccount.Storefront with { WorkspaceId = SampleAccount.DefaultWorkspaceId });

        shell.Run("New-OpenRouterByokKey openai $secret -Workspace Production -AllowedApiKey Storefront, Assistant");

        Assert.Equal([Hash("Storefront"), Hash("Assistant")], Sent("allowed_api_key_hashes"));
        Assert.Equal(Production, Body()["workspace_id"]!.GetValue<string>());
    }

    [Fact]
    public void In_a_file_a_wrong_name_keeps_no_other_line_from_being_created()
    {
        var result = shell.Run(
            """
            $lines = @(
                @{ Name = 'one'; Workspace = 'production'; AllowedApiKeys = 'Storefront;Nightly eval' }
                @{ Name = 'two'; Workspace = 'nowhere'; AllowedApiKeys = ''; AllowedUsers = '' }
                @{ Name = 'three'; Workspace = ''; AllowedApiKeys = ''; AllowedUsers = 'mei.tanaka@example.com' }
            )
            $lines.ForEach({ [pscustomobject]$_ }) | New-OpenRouterByokKey openai $secret
            """);

        Assert.Equal(
            "There is no workspace with the name or slug 'nowhere'. "
                + "The choices are: 'Default', 'Production', 'Scratch'.",
            Assert.Single(result.Errors).ToString());
        Assert.Equal("two", result.Errors[0].TargetObject);
        var made = result.Output.Select(static item => (ByokKey)item.BaseObject).ToList();
        Assert.Equal(["one", "three"], made.Select(static key => key.Name));
        Assert.Equal([Hash("Storefront"), Hash("Nightly eval")], made[0].AllowedApiKeyHashes);
        Assert.Null(made[0].AllowedUserIds);
        Assert.Equal([SampleAccount.Mei.Id], made[1].AllowedUserIds);
    }

    [Fact]
    public void A_wrong_name_that_was_typed_ends_the_command_at_once()
    {
        var result = shell.Run(
            """
            [pscustomobject]@{ Name = 'a' }, [pscustomobject]@{ Name = 'b' } |
                New-OpenRouterByokKey openai $secret -AllowedApiKey nobody
            """);

        Assert.NotNull(result.Terminating);
        Assert.Single(result.Errors);
        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
    }

    [Fact]
    public void API_keys_piped_into_New_get_a_credential_each_and_it_is_restricted_to_them()
    {
        var made = shell.Run("Get-OpenRouterApiKey *s* -Workspace production | New-OpenRouterByokKey openai $secret")
            .All<ByokKey>();

        Assert.Equal(["Storefront", "Support desk"], made.Select(static key => key.Name));
        Assert.Equal(
            [Hash("Storefront"), Hash("Support desk")],
            made.Select(static key => Assert.Single(key.AllowedApiKeyHashes!)));
        Assert.All(made, static key => Assert.Equal(Production, key.WorkspaceId));
    }

    [Theory]
    [InlineData("production", "/key", "/workspaces?offset=0&limit=100")]
    [InlineData("Production -SkipCheck", "/workspaces?offset=0&limit=100")]
    public void Connect_looks_the_workspace_up(string workspace, params string[] requests)
    {
        var session = Connect(workspace + " -PassThru").Only<OpenRouterSession>();

        Assert.Equal(Production, session.WorkspaceId);
        Assert.Equal(
            requests.Select(static path => "/api/v1" + path),
            server.Requests.Select(static sent => sent.PathAndQuery));
    }

    [Fact]
    public void Connect_to_an_unknown_workspace_leaves_the_session_there_was()
    {
        shell.Connect(server.BaseUri, server.ManagementKey, $"-WorkspaceId {Production}");

        var error = Connect("nowhere").OnlyError();

        Assert.StartsWith("OpenRouterByok.UnknownName,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(Production, shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>().WorkspaceId);
    }

    [Theory]
    [InlineData(
        "Set-OpenRouterByokKey $id -AllowedApiKey a -AllowedApiKeyHash ('a' * 64)",
        "-AllowedApiKey and -AllowedApiKeyHash are")]
    [InlineData(
        "Set-OpenRouterByokKey $id -AllowedUser user_y -AllowedUserId user_x", "-AllowedUser and -AllowedUserId are")]
    [InlineData("Set-OpenRouterByokKey $id -AllowedUser $null", "-AllowedUser is empty: ")]
    [InlineData(
        "New-OpenRouterByokKey openai $secret -Workspace a -WorkspaceId $id", "-Workspace and -WorkspaceId are")]
    [InlineData("Get-OpenRouterByokKey -Workspace a -WorkspaceId b", "-Workspace and -WorkspaceId are")]
    [InlineData("Connect-OpenRouter $secret -Workspace a -WorkspaceId b", "-Workspace and -WorkspaceId are")]
    [InlineData("Set-OpenRouterByokKey $id -AllowedApiKey @()", "-AllowedApiKey is empty: ")]
    [InlineData("Set-OpenRouterByokKey $id -AllowedUser ''", "-AllowedUser is empty: ")]
    [InlineData("Set-OpenRouterByokKey $id -AllowedUser ('u' * 2), ' '", "-AllowedUser contains a blank entry")]
    public void What_cannot_be_right_is_refused_before_anything_is_sent(string script, string message)
    {
        var error = shell.Run(script).OnlyError();

        Assert.StartsWith(message, error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private RunResult Connect(string workspace) => shell.Run(
        $"Connect-OpenRouter $key -BaseUri $uri -WarningAction Ignore -Workspace {workspace}",
        new { key = Secret.Of(server.ManagementKey), uri = server.BaseUri });

    // Another API key of the account.
    private void Add(ApiKey key) => server.Store.ApiKeys = [.. server.Store.ApiKeys, key with { Hash = Samples.Hash }];

    private static string Hash(string apiKey) => SampleAccount.ApiKeys.Single(key => key.Name == apiKey).Hash;

    private JsonNode Body() =>
        JsonNode.Parse(server.Requests.Last(static request => request.Method is "PATCH" or "POST").Body)!;

    private List<string> Sent(string field) => [.. Body()[field]!.AsArray().Select(
        static entry => entry!.GetValue<string>())];
}
