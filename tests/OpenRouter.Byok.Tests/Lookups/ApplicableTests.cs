using System;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Lookups;

/// <summary>Which credentials would apply: <c>Get-OpenRouterByokKey -Model -ApiKey -User</c>.</summary>
public sealed class ApplicableTests : IClassFixture<SandboxShell>
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public ApplicableTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Theory]
    [InlineData("-Model google/gemini-2.5-flash", "google/gemini-2.5-flash", null, null)]
    [InlineData("-Model OpenAI/GPT-5-mini", "openai/gpt-5-mini", null, null)]
    [InlineData("-ApiKey 'nightly eval'", null, "Nightly eval", null)]
    [InlineData("-ApiKey Assistant", null, "Assistant", null)]
    [InlineData("-ApiKey (Get-OpenRouterApiKey *eval)", null, "Nightly eval", null)]
    [InlineData("-User mei.tanaka@example.com", null, null, "Mei")]
    [InlineData("-User 'Ada Okafor' -State Enabled", null, null, "Ada")]
    [InlineData("-User (Get-OpenRouterMember rafael*)", null, null, "Rafael")]
    [InlineData(
        "-Model openai/gpt-5 -ApiKey Assistant -User jonas.lindqvist@example.com",
        "openai/gpt-5",
        "Assistant",
        "Jonas")]
    public void An_allow_list_that_is_not_set_or_holds_the_value_applies(
        string filter, string? model, string? apiKey, string? user)
    {
        var hash = apiKey is null ? null : SampleAccount.ApiKeys.Single(key => key.Name == apiKey).Hash;
        var userId = user is null ? null : SampleAccount.Members.Single(member => member.FirstName == user).Id;
        var all = server.Store.List(SampleAccount.DefaultWorkspaceId, provider: null);
        var expected = all.Where(key =>
            (model is null || key.AllowedModels is null || key.AllowedModels.Contains(model))
            && (hash is null || key.AllowedApiKeyHashes is null || key.AllowedApiKeyHashes.Contains(hash))
            && (userId is null || key.AllowedUserIds is null || key.AllowedUserIds.Contains(userId))
            && !(filter.Contains("-State", StringComparison.Ordinal) && key.Disabled)).ToList();

        var found = shell.Run("Get-OpenRouterByokKey " + filter).All<ByokKey>();

        Assert.Equal(expected.Select(static key => key.Id.ToString()), found.Select(static key => key.Id));
        Assert.NotEmpty(found);
    }

    [Fact]
    public void A_model_or_an_id_costs_no_look_up()
    {
        shell.Run($"Get-OpenRouterByokKey -Model openai/gpt-5 -User {SampleAccount.Mei.Id}");

        Assert.Equal("/api/v1/byok?offset=0&limit=100", Assert.Single(server.Requests).PathAndQuery);
    }

    [Fact]
    public void An_API_key_is_served_by_its_own_workspace_unless_another_is_asked_for()
    {
        var workspace = SampleAccount.Storefront.WorkspaceId.ToString();
        var own = shell.Run("Get-OpenRouterByokKey -ApiKey Storefront").All<ByokKey>();
        var everywhere = shell.Run("Get-OpenRouterByokKey -ApiKey Storefront -AllWorkspaces").All<ByokKey>();
        var elsewhere = shell.Run("Get-OpenRouterByokKey -ApiKey Storefront -Workspace Default").All<ByokKey>();

        Assert.Contains(own, static key => key.Name == "EU batch");
        Assert.All(
            own,
            key => Assert.True(key.WorkspaceId is null || key.WorkspaceId == workspace, key.ToString()));
        Assert.Equal(own.Select(static key => key.Id).Order(), everywhere.Select(static key => key.Id).Order());
        Assert.All(elsewhere, static key => Assert.Null(key.WorkspaceId));
    }

    [Fact]
    public void A_hash_is_asked_for_its_workspace()
    {
        shell.Run($"Get-OpenRouterByokKey -ApiKey {SampleAccount.Storefront.Hash}");

        Assert.Equal(
            [
                "/api/v1/keys/" + SampleAccount.Storefront.Hash,
                $"/api/v1/byok?offset=0&limit=100&workspace_id={SampleAccount.ProductionWorkspaceId}",
            ],
            server.Requests.Select(static request => request.PathAndQuery));
    }

    [Theory]
    [InlineData("-ApiKey nobody", "OpenRouterByok.UnknownName,")]
    [InlineData("-User nobody@example.com", "OpenRouterByok.UnknownName,")]
    [InlineData("-Workspace nowhere", "OpenRouterByok.UnknownName,")]
    [InlineData("-ApiKey 0000000000000000000000000000000000000000000000000000000000000000", "OpenRouterByok.NotFound,")]
    [InlineData("-Model ' '", "OpenRouterByok.InvalidArgument,")]
    [InlineData("-User ''", "OpenRouterByok.InvalidArgument,")]
    public void What_leads_to_nothing_is_an_error(string filter, string id) =>
        Assert.StartsWith(
            id,
            shell.Run("Get-OpenRouterByokKey " + filter).OnlyError().FullyQualifiedErrorId,
            StringComparison.Ordinal);
}
