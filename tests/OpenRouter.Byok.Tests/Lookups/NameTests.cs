using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Lookups;

/// <summary>Names where ids are wanted: what is sent, how often it is asked, and what happens to a wrong one.</summary>
public sealed class NameTests : IClassFixture<SandboxShell>
{
    private static readonly string Default = SampleAccount.DefaultWorkspaceId.ToString();
    private static readonly string Production = SampleAccount.ProductionWorkspaceId.ToString();

    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public NameTests(SandboxShell sandbox)
    {
        (server, shell) = (sandbox.Reset().Server, sandbox.Shell);
        shell.Run("$id = (Get-OpenRouterByokKey 'Team account').Id", new { secret = Secret.Of("sk-test-0123456789") });
        server.ClearRequests();
    }

    [Theory]
    [InlineData("Storefront", "Storefront")]
    [InlineData("STOREFRONT", "Storefront")]
    [InlineData("Storefront, 'Nightly eval'", "Storefront", "Nightly eval")]
    [InlineData("'Storefront;Nightly eval'", "Storefront", "Nightly eval")]
    [InlineData("Storefront, storefront", "Storefront")]
    [InlineData("'Prototype 2025'", "Prototype 2025")]
    [InlineData("(Get-OpenRouterApiKey)", "Assistant", "Nightly eval")]
    [InlineData("(Get-OpenRouterApiKey Assistant).Hash, 'Nightly eval'", "Assistant", "Nightly eval")]
    public void API_keys_are_given_by_name_by_hash_or_as_objects(string given, params string[] names)
    {
        shell.Run($"Set-OpenRouterByokKey $id -AllowedApiKey {given}").IsSilent();

        Assert.Equal(names.Select(Hash), Sent("allowed_api_key_hashes"));
    }

    [Theory]
    [InlineData("mei.tanaka@example.com", "Mei")]
    [InlineData("Mei.Tanaka@Example.com", "Mei")]
    [InlineData("'Mei Tanaka', ada.okafor@example.com", "Mei", "Ada")]
    [InlineData("'ada.okafor@example.com;mei.tanaka@example.com'", "Ada", "Mei")]
    [InlineData("(Get-OpenRouterMember)[2,0]", "Mei", "Ada")]
    public void Members_are_given_by_email_by_name_or_as_objects(string given, params string[] firstNames)
    {
        shell.Run($"Set-OpenRouterByokKey $id -AllowedUser {given}").IsSilent();

        Assert.Equal(
            firstNames.Select(static first => SampleAccount.Members.Single(member => member.FirstName == first).Id),
            Sent("allowed_user_ids"));
    }

    [Fact]
    public void Objects_that_went_through_a_file_still_do()
    {
        shell.Run(
            """
            $text = [System.Management.Automation.PSSerializer]::Serialize((Get-OpenRouterApiKey))
            $keys = [System.Management.Automation.PSSerializer]::Deserialize($text)
            Set-OpenRouterByokKey $id -AllowedApiKey $keys
            """).IsSilent();

        Assert.Equal([Hash("Assistant"), Hash("Nightly eval")], Sent("allowed_api_key_hashes"));
    }

    [Fact]
    public void Ids_and_objects_cost_no_request()
    {
        shell.Run("$keys = Get-OpenRouterApiKey; $members = Get-OpenRouterMember");
        server.ClearRequests();

        shell.Run("Set-OpenRouterByokKey $id -AllowedApiKey $keys -AllowedUser $members, user_other").IsSilent();

        Assert.Equal("PATCH", Assert.Single(server.Requests).Method);
    }

    [Fact]
    public void Clearing_takes_the_restriction_away()
    {
        shell.Run("Set-OpenRouterByokKey $id -Clear AllowedApiKey, AllowedUser").IsSilent();

        Assert.Equal(
            """{"allowed_api_key_hashes":null,"allowed_user_ids":null}""",
            JsonNode.Parse(Assert.Single(server.Requests).Body)!.ToJsonString());
    }

    [Fact]
    public void Names_are_looked_up_once_for_all_that_the_pipeline_brings()
    {
        shell.Run(
            """
            Get-OpenRouterByokKey -Provider openai |
                Set-OpenRouterByokKey -AllowedApiKey Storefront, 'nightly eval' -AllowedUser 'Ada Okafor'
            """).IsSilent();

        Assert.Equal(1, Asked("/workspaces?"));
        Assert.Equal(3, Asked("/keys?"));
        Assert.Equal(1, Asked("/members?"));
        Assert.Equal(6, server.Requests.Count(static request => request.Method == "PATCH"));
    }

    [Fact]
    public void Names_are_known_to_the_next_command()
    {
        shell.Run("Set-OpenRouterByokKey $id -AllowedApiKey Storefront");
        server.ClearRequests();

        shell.Run("Set-OpenRouterByokKey $id -AllowedApiKey 'Nightly eval'");
        shell.Run("Get-OpenRouterByokKey -Workspace production -ApiKey storefront");

        Assert.Equal(["PATCH", "GET"], server.Requests.Select(static request => request.Method));
    }

    [Fact]
    public void A_name_that_is_newer_than_what_is_known_is_found_all_the_same()
    {
        shell.Run("Set-OpenRouterByokKey $id -AllowedApiKey Storefront");
        Add(SampleAccount.Evaluation with { Name = "Brand new" });

        shell.Run("Set-OpenRouterByokKey $id -AllowedApiKey 'Brand new'").IsSilent();

        Assert.Equal([Samples.Hash], Sent("allowed_api_key_hashes"));
    }

    [Theory]
    [InlineData(
        "-AllowedApiKey nigtly",
        "There is no API key with the name 'nigtly'. The choices are: 'Nightly eval', 'Assistant', "
            + "'Credential tests', 'EU batch', 'Prototype 2025', 'Storefront', 'Support desk'.")]
    [InlineData(
        "-AllowedUser bob@example.com",
        "There is no member 'bob@example.com'. The choices are: ada.okafor@example.com, jonas.lindqvist@example.com, "
            + "mei.tanaka@example.com, rafael.costa@example.com.")]
    public void An_unknown_name_ends_the_command_and_nothing_is_changed(string given, string message)
    {
        var result = shell.Run($"Get-OpenRouterByokKey -Provider openai | Set-OpenRouterByokKey -Disabled {given}");

        Assert.Equal(message, result.Terminating?.ToString());
        Assert.StartsWith(
            "OpenRouterByok.UnknownName,", result.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, result.Terminating.CategoryInfo.Category);
        Assert.NotEmpty(result.Terminating.ErrorDetails.RecommendedAction);
        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
    }

    [Fact]
    public void A_name_that_several_have_is_an_error_that_tells_them_apart()
    {
        Add(SampleAccount.Storefront with { WorkspaceId = SampleAccount.DefaultWorkspaceId });

        var error = shell.Run("Set-OpenRouterByokKey $id -AllowedApiKey Storefront").Terminating!;

        Assert.StartsWith("OpenRouterByok.AmbiguousName,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal(
            "'Storefront' is the name of 2 API keys: "
            + $"{Samples.Hash} ({SampleAccount.Storefront.Label}, workspace Default ({Default})), "
            + $"{Hash("Storefront")} ({SampleAccount.Storefront.Label}, workspace Production ({Production})).",
            error.ToString());
        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
    }

    [Fact]
    public void The_case_decides_where_it_can()
    {
        Add(SampleAccount.Storefront with { Name = "STOREFRONT" });

        shell.Run("Set-OpenRouterByokKey $id -AllowedApiKey STOREFRONT").IsSilent();

        Assert.Equal([Samples.Hash], Sent("allowed_api_key_hashes"));
    }

    [Fact]
    public void A_slug_goes_before_another_workspace_s_name()
    {
        server.Store.Workspaces = [server.Store.Workspaces[0] with { Name = "production" }, server.Store.Workspaces[1]];

        shell.Run("Get-OpenRouterByokKey -Workspace production");

        Assert.Contains($"workspace_id={Production}", server.Requests[^1].PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_in_a_personal_account_is_an_error_that_says_so()
    {
        server.Intercept = static context =>
        {
            var isMembers = context.Request.Path.Value!.EndsWith("/members", StringComparison.Ordinal);
            if (isMembers)
            {
                context.Response.StatusCode = 404;
            }

            return Task.FromResult(isMembers);
        };

        Assert.Equal(
            "There is no member 'me@example.com'. "
            + "The account is a personal account, not an organization, so it has no members.",
            shell.Run("Set-OpenRouterByokKey $id -AllowedUser me@example.com").Terminating?.ToString());
    }

    [Fact]
    public void Objects_of_another_kind_are_refused()
    {
        shell.Run("$members = Get-OpenRouterMember");

        var error = shell.Run("Set-OpenRouterByokKey $id -AllowedApiKey $members").OnlyError();

        Assert.Contains(
            "The parameter accepts OpenRouterApiKey objects or text, but not OpenRouterMember objects.",
            error.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_looks_names_up_and_changes_nothing()
    {
        shell.Run("Set-OpenRouterByokKey $id -AllowedApiKey Storefront -WhatIf").IsSilent();
        shell.Run("New-OpenRouterByokKey openai $secret -Workspace production -WhatIf").IsSilent();

        Assert.All(server.Requests, static request => Assert.Equal("GET", request.Method));
        Assert.Contains($"in workspace Production ({Production})", shell.Host.Screen.Text, StringComparison.Ordinal);
        Assert.StartsWith(
            "OpenRouterByok.UnknownName,",
            shell.Run("Set-OpenRouterByokKey $id -AllowedApiKey nobody -WhatIf").OnlyError().FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    // Another API key of the account.
    private void Add(ApiKey key) => server.Store.ApiKeys = [.. server.Store.ApiKeys, key with { Hash = Samples.Hash }];

    private static string Hash(string apiKey) => SampleAccount.ApiKeys.Single(key => key.Name == apiKey).Hash;

    private JsonNode Body() =>
        JsonNode.Parse(server.Requests.Last(static request => request.Method is "PATCH" or "POST").Body)!;

    private List<string> Sent(string field) => [.. Body()[field]!.AsArray().Select(
        static entry => entry!.GetValue<string>())];

    private int Asked(string path) =>
        server.Requests.Count(request => request.PathAndQuery.Contains(path, StringComparison.Ordinal));
}
