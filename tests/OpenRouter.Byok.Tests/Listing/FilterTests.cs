using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Listing;

/// <summary>What the API filters, what is filtered here, and where it is looked.</summary>
public sealed class FilterTests : IClassFixture<SandboxShell>
{
    private static readonly string Default = SampleAccount.DefaultWorkspaceId.ToString();
    private static readonly string Production = SampleAccount.ProductionWorkspaceId.ToString();

    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public FilterTests(SandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Theory]
    [InlineData("-Provider openai", "&provider=openai")]
    [InlineData("-Provider anthropic/2", "&provider=anthropic%2F2")]
    [InlineData("-Provider azure, openai", "&provider=azure", "&provider=openai")]
    [InlineData("-Provider openai, openai", "&provider=openai")]
    [InlineData("-Provider open*", "")]
    [InlineData("-Provider openai, a*", "")]
    [InlineData("Prod*", "")]
    [InlineData("-State Enabled", "")]
    [InlineData("-Name Main -Provider anthropic", "&provider=anthropic")]
    public void What_the_API_can_filter_it_is_asked_to(string filter, params string[] queries)
    {
        shell.Run("Get-OpenRouterByokKey " + filter);

        // Lists are asked for side by side, so any may come first.
        Assert.Equal(
            queries.Select(static query => "/api/v1/byok?offset=0&limit=100" + query).Order(),
            server.Requests.Select(static request => request.PathAndQuery).Order());
    }

    [Theory]
    [InlineData("Production", "Production OpenAI")]
    [InlineData("production", "case")]
    [InlineData("prod*", "wildcard")]
    [InlineData("'Team account', Main", "several")]
    [InlineData("'[MP]*'", "set")]
    [InlineData("-State Disabled", "state")]
    [InlineData("-State Enabled -Provider a*", "two filters")]
    [InlineData("* -State Enabled", "named and enabled")]
    [InlineData("-Provider anthropic*", "wildcard provider")]
    [InlineData("-Provider ANTHROPIC*", "case of a provider")]
    [InlineData("nobody", "none")]
    public void The_others_are_applied_here(string filter, string what)
    {
        Func<Credential, bool> expected = what switch
        {
            "Production OpenAI" or "case" => static key => key.Name == "Production",
            "wildcard" => static key => key.Name?.StartsWith("Prod", StringComparison.Ordinal) == true,
            "several" => static key => key.Name is "Team account" or "Main",
            "set" => static key => key.Name?[0] is 'M' or 'P',
            "state" => static key => key.Disabled,
            "two filters" => static key => !key.Disabled && key.Provider[0] == 'a',
            "named and enabled" => static key => !key.Disabled && key.Name is not null,
            "wildcard provider" or "case of a provider" =>
                static key => key.Provider.StartsWith("anthropic", StringComparison.Ordinal),
            _ => static _ => false,
        };

        Assert.Equal(InWorkspace(Default, expected), Ids("Get-OpenRouterByokKey " + filter));
    }

    [Fact]
    public void Wildcards_mean_the_same_where_I_and_i_are_different_letters()
    {
        var result = shell.Run("""
            $here = [cultureinfo]::CurrentCulture
            [cultureinfo]::CurrentCulture = 'tr-TR'
            try { Get-OpenRouterByokKey PIL*, main* } finally { [cultureinfo]::CurrentCulture = $here }
            """);

        Assert.Equal(["Pilot", "Main"], result.All<ByokKey>().Select(static key => key.Name));
    }

    [Fact]
    public void A_name_that_differs_only_in_a_character_that_cannot_be_seen_is_another_name()
    {
        Assert.Empty(Ids("Get-OpenRouterByokKey \"Pilot$([char] 0xfe0f)\""));
        Assert.Single(Ids("Get-OpenRouterByokKey Pilot"));
    }

    [Fact]
    public void Several_providers_come_in_the_order_in_which_they_were_named()
    {
        var providers = shell.Run("Get-OpenRouterByokKey -Provider openai, acme-ai")
            .All<ByokKey>()
            .Select(static key => key.Provider);

        Assert.Equal(["openai", "acme-ai"], providers.Distinct());
    }

    [Fact]
    public void A_workspace_is_asked_for_by_its_id()
    {
        Assert.Equal(
            InWorkspace(Production, static _ => true),
            Ids("Get-OpenRouterByokKey -WorkspaceId $id", new { id = Production }));

        Assert.Equal(
            "/api/v1/byok?offset=0&limit=100&workspace_id=" + Production, Assert.Single(server.Requests).PathAndQuery);
    }

    [Fact]
    public void The_session_s_workspace_is_the_default_and_a_parameter_goes_before_it()
    {
        shell.Connect(server.BaseUri, server.ManagementKey, "-WorkspaceId " + Production);

        shell.Run("Get-OpenRouterByokKey; Get-OpenRouterByokKey -WorkspaceId $id", new { id = Default });

        Assert.Equal(
            [Production, Default],
            server.Requests.Select(static request => request.PathAndQuery.Split("workspace_id=")[1]));
    }

    [Fact]
    public void Several_workspaces_name_a_global_credential_once()
    {
        var ids = Ids("Get-OpenRouterByokKey -WorkspaceId $a, $b, $a", new { a = Default, b = Production });

        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(server.Store.Credentials.Count, ids.Count);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public void All_workspaces_name_every_credential_once_the_global_ones_too()
    {
        var keys = shell.Run("Get-OpenRouterByokKey -AllWorkspaces").All<ByokKey>();

        Assert.Equal(
            server.Store.Credentials.Select(static key => key.Id.ToString()).Order(),
            keys.Select(static key => key.Id).Order());
        Assert.Equal(2, keys.Count(static key => key.WorkspaceId is null));
    }

    [Fact]
    public void All_workspaces_are_looked_up_even_when_there_are_many()
    {
        server.Store.Workspaces =
        [
            .. server.Store.Workspaces,
            .. Enumerable.Range(0, 130).Select(static number =>
                SampleAccount.Workspaces[0] with { Id = new Guid(number, 1, 1, new byte[8]) }),
        ];

        shell.Run("Get-OpenRouterByokKey -AllWorkspaces");

        var asked = server.Requests.Where(
            static request => request.PathAndQuery.Contains("workspace_id=", StringComparison.Ordinal));
        Assert.Equal(
            SampleAccount.Workspaces.Count + 130,
            asked.Select(static request => request.PathAndQuery.Split("workspace_id=")[1]).Distinct().Count());
    }

    [Fact]
    public void All_workspaces_can_be_filtered_and_cut()
    {
        var result = shell.Run(
            "Get-OpenRouterByokKey -AllWorkspaces -Provider openai -State Enabled -First 4 -IncludeTotalCount");

        var enabled = server.Store.Credentials.Count(static key => key is { Provider: "openai", Disabled: false });
        Assert.Equal((ulong)enabled, result.Output[0].BaseObject);
        Assert.Equal(4, result.Output.Count - 1);
    }

    [Fact]
    public void One_session_s_two_workspace_parameters_exclude_each_other()
    {
        var error = shell.Run("Get-OpenRouterByokKey -AllWorkspaces -WorkspaceId x").OnlyError();

        Assert.Equal("-WorkspaceId and -AllWorkspaces cannot be combined.", error.ToString());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_filter_that_nothing_meets_is_no_error() =>
        shell.Run("Get-OpenRouterByokKey nobody-has-this -Provider groq").IsSilent();

    private List<string> Ids(string script, object? variables = null) =>
        [.. shell.Run(script, variables).All<ByokKey>().Select(static key => key.Id)];

    private List<string> InWorkspace(string workspace, Func<Credential, bool> filter) =>
    [
        .. server.Store.List(Guid.Parse(workspace), provider: null)
            .Where(filter)
            .Select(static key => key.Id.ToString()),
    ];
}
