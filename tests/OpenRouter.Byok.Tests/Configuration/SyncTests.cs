using System;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.ConfigurationWorld;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Sync-OpenRouterByokConfiguration over HTTP.</summary>
public sealed class SyncTests(ConfigurationWorld shared) : IClassFixture<ConfigurationWorld>
{
    private readonly ConfigurationWorld world = shared.Emptied();

    [Fact]
    public void Credentials_are_created_in_the_order_of_the_entries()
    {
        world.Write(Enumerable.Range(1, 8).Select(number => Entry($"Number {9 - number}")));

        var changes = world.Sync().All<ByokConfigurationChange>();

        Assert.All(changes, change => Assert.Equal(ByokConfigurationStatus.Completed, change.Status));
        Assert.Equal(
            Enumerable.Range(1, 8).Select(number => $"Number {9 - number}"),
            world.Credentials.OrderBy(credential => credential.SortOrder).Select(credential => credential.Name));
        Assert.All(world.Writes, request => Assert.Contains(Key, request.Body, StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_run_sends_nothing()
    {
        world.Write(Entry("One", "\"isRequired\": true, \"allowedModels\": [\"openai/gpt-4o\"]"), Entry("Two"));
        world.Sync();
        world.Server.ClearRequests();

        Assert.Empty(world.Sync().All<ByokConfigurationChange>());

        Assert.Equal("GET", Assert.Single(world.Server.Requests).Method);
    }

    [Fact]
    public void Only_what_differs_is_sent_and_a_null_clears()
    {
        world.Write(Entry("One", "\"isRequired\": true, \"declaredRegion\": \"us\", \"declaredZdr\": true"));
        world.Sync();
        world.Write(Entry("One", "\"isRequired\": true, \"declaredRegion\": null, \"declaredZdr\": false"));
        world.Server.ClearRequests();

        var change = world.Sync().Only<ByokConfigurationChange>();

        Assert.Equal(
            ["declaredZdr: True → False", "declaredRegion: us → null"],
            change.Differences.Select(static one => $"{one}"));
        Assert.Equal(
            """{"declared_zdr":false,"declared_region":null}""",
            Assert.Single(world.Writes).Body);
    }

    [Fact]
    public void WhatIf_says_everything_and_sends_nothing()
    {
        world.Write(Entry("One"), """{ "provider": "openai", "name": "No key" }""");

        var result = world.Sync("-WhatIf");

        Assert.Empty(result.All<ByokConfigurationChange>());
        Assert.Empty(world.Writes);
        var shown = world.Shell.Host.Screen.Text;
        Assert.Contains("Create", shown, StringComparison.Ordinal);
        Assert.Contains("Do nothing (it does not exist", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Remove", "Remove (its key is wiped)")]
    [InlineData("Disable", "Disable")]
    public void WhatIf_does_not_promise_what_a_blocked_change_prevents(string prune, string promise)
    {
        world.Write(Entry("One"), Entry("Two"));
        world.Sync();
        world.Write(Entry("One"), """{ "provider": "openai", "name": "No key" }""");

        world.Sync($"-Prune {prune} -WhatIf");

        Assert.DoesNotContain($"\"{promise}", world.Shell.Host.Screen.Text, StringComparison.Ordinal);
        Assert.Contains(
            "Do nothing (another change is blocked)", world.Shell.Host.Screen.Text, StringComparison.Ordinal);

        // The control: without the blocked one, it is promised.
        world.Write(Entry("One"));
        world.Sync($"-Prune {prune} -WhatIf");
        Assert.Contains($"\"{promise}", world.Shell.Host.Screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_blocked_change_prevents_needs_no_Force()
    {
        world.Write(Entry("Only one"));
        world.Sync();
        world.Write("""{ "provider": "openai", "name": "No key" }""");

        Assert.Empty(world.Sync("-Prune Remove -WhatIf").Errors);

        Assert.Equal(
            "OpenRouterByok.ConfigurationIncomplete,"
            + "OpenRouter.Byok.Cmdlets.SyncOpenRouterByokConfigurationCommand",
            Assert.Single(world.Sync("-Prune Remove").Errors).FullyQualifiedErrorId);
        Assert.Single(world.Credentials);
    }

    [Fact]
    public void A_key_is_sent_to_an_existing_credential_only_on_demand()
    {
        world.Write(Entry("One"));
        world.Sync();
        world.Server.ClearRequests();

        Assert.Empty(world.Sync().All<ByokConfigurationChange>());
        Assert.Empty(world.Sync("-KeyUpdate Changed").All<ByokConfigurationChange>());
        Assert.Empty(world.Writes);

        Assert.True(world.Sync("-KeyUpdate Always").Only<ByokConfigurationChange>().WritesKey);
        Assert.Contains(Key, Assert.Single(world.Writes).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_with_another_end_is_sent_when_changed()
    {
        world.Write(Entry("One"));
        world.Sync();
        world.Run("Set-OpenRouterByokKey One -Key $key", new { key = Secret.Of("sk-somebody-elses-key-0000") });
        world.Server.ClearRequests();

        Assert.True(world.Sync("-KeyUpdate Changed").Only<ByokConfigurationChange>().WritesKey);

        Assert.Contains(Key, Assert.Single(world.Writes).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Extra_credentials_stay_unless_pruning_is_specified()
    {
        world.Write(Entry("One"), Entry("Two"));
        world.Sync();
        world.Write(Entry("One"));

        Assert.Empty(world.Sync().All<ByokConfigurationChange>());
        Assert.Equal(2, world.Credentials.Count());

        Assert.Equal(
            ByokConfigurationAction.Disable, world.Sync("-Prune Disable").Only<ByokConfigurationChange>().Action);
        Assert.True(world.Credentials.Single(static one => one.Name == "Two").Disabled);

        Assert.Equal(
            ByokConfigurationAction.Remove, world.Sync("-Prune Remove").Only<ByokConfigurationChange>().Action);
        Assert.Equal("One", Assert.Single(world.Credentials).Name);
    }

    [Fact]
    public void The_last_enabled_credential_is_not_taken_away_without_force()
    {
        world.Write(Entry("One"));
        world.Sync();
        world.WriteText("""{ "version": 1, "scope": [{ "provider": "openai" }], "credentials": [] }""");

        var refused = world.Sync("-Prune Remove").OnlyError();

        Assert.StartsWith("OpenRouterByok.PruneRefused", refused.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Force", refused.Exception.Message, StringComparison.Ordinal);
        Assert.Single(world.Credentials);

        Assert.Single(world.Sync("-Prune Remove -Force").All<ByokConfigurationChange>());
        Assert.Empty(world.Credentials);
    }

    [Fact]
    public void An_empty_file_prunes_nothing()
    {
        world.Write(Entry("One"));
        world.Sync();
        world.Write();
        world.Server.ClearRequests();

        Assert.Empty(world.Sync("-Prune Remove -Force").All<ByokConfigurationChange>());

        Assert.Empty(world.Writes);
        Assert.Single(world.Credentials);
    }

    [Fact]
    public void After_a_failure_nothing_is_taken_away_and_the_error_says_what_is_missing()
    {
        world.Write(Entry("One"), Entry("Two"));
        world.Sync();
        world.Write(Entry("One", "\"declaredRegion\": \"us\""), Entry("Three"));
        RefuseUpdates();

        var result = world.Sync("-Prune Remove");

        var failure = Assert.IsType<System.Management.Automation.ErrorRecord>(result.Terminating);
        Assert.StartsWith(
            "OpenRouterByok.ConfigurationIncomplete", failure.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("1 of 3 changes were made", failure.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("'One'", failure.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("'Two'", failure.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, world.Credentials.Count());
        Assert.DoesNotContain(world.Writes, static request => request.Method == "DELETE");

        world.Server.Intercept = null;
        Assert.Equal(2, world.Sync("-Prune Remove").All<ByokConfigurationChange>().Count);
        Assert.Equal(["One", "Three"], world.Credentials.Select(static one => one.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_blocked_change_does_not_keep_the_others_but_nothing_is_taken_away()
    {
        world.Write(Entry("One"), Entry("Two"));
        world.Sync();
        world.Write(Entry("One", "\"isFallback\": true"), """{ "provider": "openai", "name": "No key" }""");

        var result = world.Sync("-Prune Remove");

        Assert.Contains("No key", result.Terminating!.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, world.Credentials.Count());
        Assert.True(world.Credentials.Single(static one => one.Name == "One").IsFallback);
    }

    [Fact]
    public void A_plan_is_applied_from_the_pipeline_as_a_whole_or_in_part()
    {
        world.Write(Entry("One"), Entry("Two"));

        var changes = world.Run(
            $"$plan = Compare-OpenRouterByokConfiguration '{world.File}'; "
            + "$plan | Where-Object Name -eq Two | Sync-OpenRouterByokConfiguration")
            .All<ByokConfigurationChange>();

        Assert.Equal("Two", Assert.Single(changes).Name);
        Assert.Equal("Two", Assert.Single(world.Credentials).Name);
    }

    [Theory]
    [InlineData("Set-OpenRouterByokKey One -Required", "changed: isRequired")]
    [InlineData("Remove-OpenRouterByokKey One -Confirm:$false", "removed")]
    [InlineData("Set-OpenRouterByokKey One -NewName Else", "changed: name")]
    [InlineData("New-OpenRouterByokKey openai $key Two", "created")]
    public void A_plan_that_somebody_overtook_is_refused(string change, string expected)
    {
        world.Write(Entry("One"));
        world.Sync();
        world.Write(Entry("One", "\"declaredRegion\": \"us\""), Entry("Two"));
        world.Run($"$global:plan = Compare-OpenRouterByokConfiguration '{world.File}'");
        world.Run(change, new { key = Secret.Of("sk-0123456789") });
        world.Server.ClearRequests();

        var refused = world.Run("$plan | Sync-OpenRouterByokConfiguration").OnlyError();

        Assert.StartsWith("OpenRouterByok.StalePlan", refused.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(world.Writes);
    }

    [Fact]
    public void The_expected_plan_is_applied_and_no_other()
    {
        world.Write(Entry("One"));
        var id = world.Compare().Only<ByokConfigurationChange>().PlanId;
        world.Write(Entry("One"), Entry("Two"));

        var refused = world.Sync($"-ExpectedPlan {id}").OnlyError();

        Assert.StartsWith("OpenRouterByok.StalePlan", refused.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(world.Credentials);

        world.Write(Entry("One"));
        Assert.Single(world.Sync($"-ExpectedPlan {id}").All<ByokConfigurationChange>());
        Assert.StartsWith(
            "OpenRouterByok.InvalidArgument",
            world.Sync("-ExpectedPlan abc").OnlyError().FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_entry_can_be_put_into_another_workspace()
    {
        world.Write(Entry("One"), Entry("Two", workspace: "production", provider: "anthropic"));

        Assert.Equal(2, world.Sync("-Workspace Scratch").All<ByokConfigurationChange>().Count);

        Assert.All(
            world.Credentials,
            credential => Assert.Equal(SampleAccount.ScratchWorkspaceId, credential.WorkspaceId));
    }

    private void RefuseUpdates() => world.Server.Intercept = async context =>
    {
        if (context.Request.Method != "PATCH")
        {
            return false;
        }

        context.Response.StatusCode = 400;
        await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
            context.Response, """{"error":{"code":400,"message":"Refused"}}""", TestContext.Current.CancellationToken);
        return true;
    };
}
