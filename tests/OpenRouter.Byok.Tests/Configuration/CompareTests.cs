using System;
using System.IO;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.ConfigurationWorld;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Compare-OpenRouterByokConfiguration over HTTP: what it asks, and what it shows.</summary>
public sealed class CompareTests(ConfigurationWorld shared) : IClassFixture<ConfigurationWorld>
{
    private const string Created = "\"allowedModels\": [\"openai/gpt-4o\"], \"isRequired\": true";

    private const string Changed = "\"declaredRegion\": \"europe\", \"isRequired\": false";

    private readonly ConfigurationWorld world = shared.Reset();

    [Fact]
    public void Without_names_nothing_is_asked_but_the_list()
    {
        world.Write(
            Entry("Team account", "\"isFallback\": false"),
            Entry("Main", provider: "anthropic"));

        Assert.DoesNotContain(world.Compare().All<ByokConfigurationChange>(), IsWork);

        Assert.Equal("GET", Assert.Single(world.Server.Requests).Method);
    }

    [Fact]
    public void Names_cost_each_list_once_however_many_there_are()
    {
        var entries = world.Credentials.Where(static one => one.WorkspaceId == SampleAccount.ProductionWorkspaceId)
            .Where(static one => one.Name is not null)
            .Select(static one => Entry(
                one.Name!,
                """
                "allowedApiKeys": ["Storefront", "EU batch"], "allowedUsers": ["mei.tanaka@example.com", "Ada Okafor"]
                """,
                one.Provider,
                "Production"));
        world.Write([.. entries]);
        world.Server.ClearRequests();

        Assert.Empty(world.Compare().Errors);

        var requests = world.Server.Requests.Select(static request => request.PathAndQuery).ToList();
        Assert.Equal(requests.Distinct(), requests);
        Assert.Single(requests, static request => request.Contains("/workspaces", StringComparison.Ordinal));
        Assert.Single(requests, static request => request.Contains("/organization/members", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Compare")]
    [InlineData("Sync")]
    public void A_workspace_that_does_not_exist_is_no_fault_of_the_file(string verb)
    {
        world.WriteText("""{ "version": 1, "credentials": [ { "provider": "openai", "name": "Team account" } ] }""");

        var error = verb == "Compare"
            ? world.Compare("-Workspace Nowhere").Terminating!
            : world.Sync("-Workspace Nowhere").Terminating!;

        Assert.StartsWith("OpenRouterByok.UnknownName", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(
            "There is no workspace with the name or slug 'Nowhere'.", error.Exception.Message,
            StringComparison.Ordinal);
        Assert.All(world.Server.Requests, static request =>
            Assert.Contains("/workspaces", request.PathAndQuery, StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_is_read_as_plans_are()
    {
        world.Run("Get-OpenRouterWorkspace");
        world.WriteText($$"""
            {
              "version": 1,
              "credentials": [
                {{Entry("Storefront", Created, workspace: "production")}},
                {{Entry("Production", Changed, workspace: "production")}},
                { "provider": "openai", "workspace": "production", "name": "No key" }
              ]
            }
            """);
        var id = world.Compare("-Prune Remove").All<ByokConfigurationChange>()[0].PlanId;

        Assert.Equal(
            $"""
            + openai 'Storefront' in Production
                allowedModels: [openai/gpt-4o]
                isRequired: true
                key: environment variable {KeyVariable}
            ! openai 'No key' in Production: blocked: it does not exist, and the configuration has no key for it
            ~ openai 'Production' in Production
                isRequired: true → false
                declaredRegion: null → europe
            - openai 'Production 2' in Production: remove

            The order of openai in Production is Production, Storefront; the configuration lists Storefront, Production.
            The API cannot change an order. Change it in the BYOK settings on OpenRouter's web page.
            Plan {id}
            1 to create, 1 to update, 0 to disable, 1 to remove.
            0 extra, 1 blocked, 0 unchanged.
            """.ReplaceLineEndings("\n"),
            world.Shell.Show($"Compare-OpenRouterByokConfiguration '{world.File}' -Prune Remove"));
    }

    [Fact]
    public void A_difference_ends_the_command_on_demand_after_the_output()
    {
        world.Write(Entry("Team account", "\"isFallback\": true"));

        var result = world.Compare("-FailOnDifference");

        Assert.NotEmpty(result.Output);
        Assert.StartsWith(
            "OpenRouterByok.ConfigurationDiffers", result.Terminating!.FullyQualifiedErrorId, StringComparison.Ordinal);
        world.Write();
        Assert.Null(world.Compare("-FailOnDifference").Terminating);
    }

    [Fact]
    public void All_errors_come_at_once_and_nothing_is_asked()
    {
        world.WriteText("{\n  \"version\": 1,\n  \"credentials\": [\n"
            + "    { \"provider\": \"openai\", \"nam\": \"One\", \"isRequired\": \"yes\" },\n"
            + "    { \"name\": \"Two\", \"key\": \"sk-this-is-a-literal-key-in-the-file\" }\n  ]\n}\n");

        var error = world.Compare().OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidConfiguration", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        var lines = error.Exception.Message.Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Contains(
            "openrouter.json:4:29: 'nam' is not a property here. Did you mean 'name'?",
            lines[0],
            StringComparison.Ordinal);
        Assert.Contains(
            "openrouter.json:4:57: isRequired must be true or false, not text.", lines[1], StringComparison.Ordinal);
        Assert.Contains("openrouter.json:5:5: provider is missing.", lines[2], StringComparison.Ordinal);
        Assert.Contains("openrouter.json:5:29:", lines[3], StringComparison.Ordinal);
        Assert.DoesNotContain("literal-key", error.ToString() + error.Exception, StringComparison.Ordinal);
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public void Unknown_names_are_reported_together_with_their_places()
    {
        world.WriteText("{ \"version\": 1, \"credentials\": [\n"
            + Entry("One", "\"allowedUsers\": [\"mei.tanka@example.com\"]") + ",\n"
            + Entry("Two", "\"allowedApiKeys\": [\"Storfront\"]") + "\n] }");

        var message = world.Compare().OnlyError().Exception.Message;

        Assert.Contains("openrouter.json:2:", message, StringComparison.Ordinal);
        Assert.Contains("openrouter.json:3:", message, StringComparison.Ordinal);
        Assert.Contains("Storefront", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_files_count_as_one()
    {
        world.WriteText($$"""{ "version": 1, "defaults": { "isFallback": true }, "credentials": [] }""", "a.json");
        world.WriteText($$"""{ "version": 1, "credentials": [{{Entry("Team account")}}] }""", "b.json");

        var compare = $"Compare-OpenRouterByokConfiguration '{world.Folder}/*.json'";

        var change = Assert.Single(
            world.Run(compare).All<ByokConfigurationChange>(), IsWork);

        Assert.Equal("isFallback: False → True", $"{Assert.Single(change.Differences)}");

        world.WriteText($$"""{ "version": 1, "credentials": [{{Entry("Team account")}}] }""", "c.json");
        var message = world.Run(compare).OnlyError().Exception.Message;
        Assert.Contains("b.json", message, StringComparison.Ordinal);
        Assert.Contains("c.json", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_of_the_pipeline_are_read_by_their_names()
    {
        var rows = world.Run(
            "[pscustomobject]@{ provider = 'openai'; name = 'Team account'; isFallback = 'true'; declaredRegion = '' } "
            + "| Compare-OpenRouterByokConfiguration").All<ByokConfigurationChange>();
        var document = world.Run(
            "@{ version = 1; credentials = @(@{ provider = 'openai'; name = 'EU data'; declaredRegion = $null }) } "
            + "| Compare-OpenRouterByokConfiguration").All<ByokConfigurationChange>();
        var exported = world.Run(
            "Get-OpenRouterByokKey -Provider azure | Where-Object Name | Compare-OpenRouterByokConfiguration")
            .All<ByokConfigurationChange>();

        Assert.Equal("isFallback: False → True", $"{Assert.Single(Assert.Single(rows, IsWork).Differences)}");
        Assert.Equal("declaredRegion: europe → null", $"{Assert.Single(Assert.Single(document, IsWork).Differences)}");
        Assert.DoesNotContain(exported, IsWork);
    }

    [Fact]
    public void A_data_file_is_read_as_data()
    {
        var file = world.WriteText(
            "@{ version = 1; credentials = @( @{ provider = 'openai'; name = 'Team account'; isFallback = $true } ) }",
            "openrouter.psd1");

        var fromPath = world.Run($"Compare-OpenRouterByokConfiguration '{file}'").All<ByokConfigurationChange>();
        var piped = world.Run("$file | Compare-OpenRouterByokConfiguration", new { file = new FileInfo(file) })
            .All<ByokConfigurationChange>();

        var change = Assert.Single(fromPath, IsWork);
        Assert.Equal(change.PlanId, Assert.Single(piped, IsWork).PlanId);
        Assert.Equal("isFallback", Assert.Single(change.Differences).Property);
    }

    [Fact]
    public void A_wrong_plan_or_input_is_one_clear_sentence()
    {
        world.Write(Entry("New"));
        world.Run($"$global:plan = Compare-OpenRouterByokConfiguration '{world.File}'");
        world.Server.ClearRequests();

        AssertRefused("$plan | Compare-OpenRouterByokConfiguration");
        AssertRefused("$plan | Sync-OpenRouterByokConfiguration -Prune Remove");
        AssertRefused("@($plan) + @{ provider = 'openai'; name = 'x' } | Sync-OpenRouterByokConfiguration");
        Assert.Contains(
            "The object is text.",
            AssertRefused("'{ }' | Compare-OpenRouterByokConfiguration"), StringComparison.Ordinal);
        AssertRefused($"Compare-OpenRouterByokConfiguration '{world.Folder}'");
        AssertRefused($"Compare-OpenRouterByokConfiguration '{world.Folder}/missing.json'");
        AssertRefused($"Compare-OpenRouterByokConfiguration '{world.Folder}/*.yaml'");
        Assert.Empty(world.Server.Requests);

        string AssertRefused(string script)
        {
            var error = world.Run(script).OnlyError();
            Assert.StartsWith("OpenRouterByok.Invalid", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            return error.Exception.Message;
        }
    }

    [Fact]
    public void The_differences_of_a_change_have_an_index_in_PowerShell()
    {
        world.Write(Entry("New", "\"isRequired\": true, \"allowedModels\": [\"openai/gpt-4o\"]"));

        var first = world.Run(
            $"$plan = @(Compare-OpenRouterByokConfiguration '{world.File}'); $plan[0].Differences[0]")
            .Only<ByokConfigurationDifference>();

        Assert.Equal("allowedModels", first.Property);
    }

    [Theory]
    [InlineData("Compare", "takes configurations, not the changes of a plan")]
    [InlineData("Sync", "not made by Compare-OpenRouterByokConfiguration in this process")]
    public void A_stored_plan_is_told_from_a_configuration(string verb, string expected)
    {
        world.Write(Entry("New"));

        var refused = world.Run(
            $"$plan = Compare-OpenRouterByokConfiguration '{world.File}'; "
            + "$text = [Management.Automation.PSSerializer]::Serialize($plan); "
            + $"[Management.Automation.PSSerializer]::Deserialize($text) | {verb}-OpenRouterByokConfiguration")
            .OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidArgument", refused.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_account_of_an_empty_default_workspace_is_compared_all_the_same()
    {
        world.Emptied();
        world.Write(Entry("One"));

        Assert.Equal(ByokConfigurationAction.Create, world.Compare().Only<ByokConfigurationChange>().Action);
    }

    private static bool IsWork(ByokConfigurationChange change) =>
        change.Action is not (ByokConfigurationAction.Extra or ByokConfigurationAction.None);
}
