using System;
using System.Linq;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.ConfigurationWorld;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Sync that tests keys in a workspace for tests before it sends them.</summary>
public sealed class SyncProvingTests : IClassFixture<ConfigurationWorld>
{
    private const string Revoked = "OPENROUTER_BYOK_TESTS_CONFIGURATION_REVOKED";

    private const string Prove = "-ProvingWorkspace Scratch -ApiKey $scratch";

    private readonly ConfigurationWorld world;

    public SyncProvingTests(ConfigurationWorld shared)
    {
        Environment.SetEnvironmentVariable(Revoked, "sk-configuration-test-revoked");
        world = shared.Emptied();
    }

    [Fact]
    public void A_key_that_the_provider_accepts_is_sent()
    {
        world.Write(Entry("One"), Entry("Two"));

        var changes = Sync().All<ByokConfigurationChange>();

        Assert.Equal(2, changes.Count);
        Assert.Equal(
            ["One", "Two"], world.Credentials.OrderBy(static one => one.SortOrder).Select(static one => one.Name));
        // Both have the same key, which is tested once.
        Assert.Single(
            world.Server.Requests,
            static one => one.PathAndQuery.EndsWith("/chat/completions", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_that_is_not_accepted_is_blocked_and_the_others_go_on()
    {
        world.Write(Entry("Extra"), Entry("One"));
        Sync();
        world.Write(Entry("One", "\"isRequired\": true"), Bad, Entry("Anthropic", provider: "anthropic"));

        var result = Sync("-Prune Remove");

        var blocked = Assert.Single(
            result.Output.Select(static one => (ByokConfigurationChange)one.BaseObject),
            static change => change.Action == ByokConfigurationAction.Blocked);
        Assert.Equal("Bad", blocked.Name);
        Assert.Contains("not accepted", blocked.Reason, StringComparison.Ordinal);
        Assert.StartsWith(
            "OpenRouterByok.ConfigurationIncomplete",
            result.Terminating!.FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.Equal(
            ["Anthropic", "Extra", "One"],
            world.Credentials.Select(static one => one.Name!).Order(StringComparer.Ordinal));
        Assert.True(world.Credentials.Single(static one => one.Name == "One").IsRequired);
    }

    [Fact]
    public void A_workspace_that_is_not_fit_for_tests_blocks_every_key()
    {
        world.Run(
            "New-OpenRouterByokKey openai $key Other -Workspace Scratch", new { key = Secret.Of("sk-0123456789") });
        world.Write(Entry("One"));

        var result = Sync();

        Assert.Contains("'One'", result.Terminating!.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("Other", Assert.Single(world.Credentials).Name);
    }

    [Fact]
    public void WhatIf_tests_nothing_and_says_that_it_would()
    {
        world.Write(Entry("One"));

        Assert.Empty(Sync("-WhatIf").All<ByokConfigurationChange>());

        Assert.Empty(world.Writes);
        Assert.Contains("Test the key in Scratch, then Create", world.Shell.Host.Screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_only_for_tests_requires_a_workspace_for_tests()
    {
        world.Write(Entry("One"));

        Assert.Contains(
            "-ProvingWorkspace",
            world.Sync("-Model openai/gpt-4o").OnlyError().Exception.Message,
            StringComparison.Ordinal);
        Assert.Empty(world.Server.Requests);
    }

    private static string Bad => Entry("Bad").Replace(KeyVariable, Revoked, StringComparison.Ordinal);

    private RunResult Sync(string more = "") =>
        world.Sync($"{Prove} {more}", new { scratch = Secret.Of(world.Server.ScratchKey) });
}
