using System.Linq;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.Planning;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What happens to credentials that no entry means.</summary>
public sealed class PlannerScopeTests
{
    public static TheoryData<ByokPruneMode?> PruneModes =>
        new((ByokPruneMode?)null, ByokPruneMode.Disable, ByokPruneMode.Remove);

    [Theory]
    [InlineData(null, false, ByokConfigurationAction.Extra)]
    [InlineData(null, true, ByokConfigurationAction.Extra)]
    [InlineData(ByokPruneMode.Disable, false, ByokConfigurationAction.Disable)]
    [InlineData(ByokPruneMode.Disable, true, ByokConfigurationAction.Extra)]
    [InlineData(ByokPruneMode.Remove, false, ByokConfigurationAction.Remove)]
    [InlineData(ByokPruneMode.Remove, true, ByokConfigurationAction.Remove)]
    public void What_is_extra_is_taken_away_as_asked(
        ByokPruneMode? prune, bool isDisabled, ByokConfigurationAction expected)
    {
        var key = Key("k1", "Extra", isDisabled: isDisabled);
        var input = InputOf([key, Key("k2", "Wanted")], Entry("Wanted")) with { Prune = prune };

        var change = Assert.Single(ConfigurationPlanner.Plan(input).Changes);

        Assert.Equal(expected, change.Action);
        Assert.Equal(("k1", "Extra"), (change.KeyId, change.Name));
        Assert.Equal(("openai", Production), (change.Provider, change.WorkspaceId));
        Assert.Same(key, change.Current);
        Assert.Equal(isDisabled ? Messages.PlanExtraDisabled : Messages.PlanExtra, change.Reason);
        Assert.Equal(expected != ByokConfigurationAction.Extra, change.IsWork);
        Assert.False(change.WritesKey);
        Assert.Equal(
            expected == ByokConfigurationAction.Disable ? ["disabled"] : [],
            change.Settings.Settings.Select(static one => one.Setting.JsonName));
        Assert.Equal(
            expected == ByokConfigurationAction.Disable, change.Settings.Get(CredentialSettings.Disabled).Value);
    }

    [Theory]
    [MemberData(nameof(PruneModes))]
    public void Only_pairs_of_workspace_and_provider_that_the_configuration_names_are_concerned(ByokPruneMode? prune)
    {
        ByokKey[] keys =
        [
            Key("k1", "A"), Key("k2", "B"), Key("k3", "A", "azure"), Key("k4", "A", workspace: Staging),
            Key("k5", "A", "azure", Staging), Key("k6", "A", "Mistral", Staging),
        ];
        var input = InputOf(keys, Entry("A")) with { Prune = prune };

        Assert.Equal(["k2"], Ids(input));
        Assert.Equal(
            ["k2", "k4"], Ids(input with { Scope = [new ProviderScope(Staging, "openai")] }));
        Assert.Equal(["k2", "k3", "k6"], Ids(input with
        {
            Scope =
            [
                new ProviderScope(Production.ToUpperInvariant(), "AZURE"), new ProviderScope(Staging, "mistral"),
                new ProviderScope(Production, "openai"),
            ],
        }));
        Assert.Equal(["k1", "k2"], Ids(input with { Entries = [], Scope = [new ProviderScope(Production, "openai")] }));

        static string[] Ids(PlanInput input) =>
            [.. ConfigurationPlanner.Plan(input).Changes.Select(static change => change.KeyId!).Order()];
    }

    [Theory]
    [MemberData(nameof(PruneModes))]
    public void An_empty_configuration_concerns_nothing(ByokPruneMode? prune)
    {
        var plan = ConfigurationPlanner.Plan(
            InputOf([Key("k1", "A"), Key("k2", null, workspace: null)]) with { Prune = prune });

        Assert.Empty(plan.All);
        Assert.Empty(plan.Keys);
    }

    [Theory]
    [MemberData(nameof(PruneModes))]
    public void Even_an_entry_that_is_blocked_names_its_pair(ByokPruneMode? prune)
    {
        var plan = ConfigurationPlanner.Plan(
            InputOf([Key("k1", "A")], Entry("B", variable: null)) with { Prune = prune });

        Assert.Equal([null, "k1"], plan.Changes.Select(static change => change.KeyId));
    }

    [Theory]
    [MemberData(nameof(PruneModes))]
    public void Global_credentials_are_never_extra(ByokPruneMode? prune)
    {
        var input = InputOf([Key("k1", "A", workspace: null)], Entry("B"), Entry("C", workspace: null)) with
        {
            Prune = prune,
            Scope = [new ProviderScope(null, "openai")],
        };

        var plan = ConfigurationPlanner.Plan(input);

        Assert.All(plan.All, static change => Assert.Equal(ByokConfigurationAction.Create, change.Action));
        Assert.Empty(plan.Keys);
    }

    [Theory]
    [InlineData(TemporaryName, false)]
    [InlineData("OpenRouter.Byok test 0C000000-0000-4000-8000-00000000000C", false)]
    [InlineData("OpenRouter.Byok test", true)]
    [InlineData("OpenRouter.Byok test 1", true)]
    [InlineData("openrouter.byok test 0c000000-0000-4000-8000-00000000000c", true)]
    [InlineData("OpenRouter.Byok test 0c000000-0000-4000-8000-00000000000c!", true)]
    public void A_credential_that_exists_only_while_a_key_is_tested_is_never_named(string name, bool isNamed) =>
        Assert.All(PruneModes.Select(static row => row.Data), prune =>
        {
            var plan = ConfigurationPlanner.Plan(
                InputOf([Key("k1", name), Key("k2", "A")], Entry("A")) with { Prune = prune });

            Assert.Equal(isNamed ? ["k2", "k1"] : ["k2"], plan.All.Select(static change => change.KeyId));
            Assert.Equal(isNamed ? ["k1", "k2"] : ["k2"], plan.Keys.Select(static key => key.Id));
        });

    [Fact]
    public void Unless_an_entry_means_it()
    {
        var plan = Plan([Key("k1", TemporaryName)], Entry(TemporaryName));

        Assert.Equal(["None k1"], plan.Lines());
        Assert.Equal(["k1"], plan.Keys.Select(static key => key.Id));
    }

    [Fact]
    public void The_plan_keeps_what_it_saw_of_its_pairs()
    {
        var plan = Plan(
            [Key("k1", "A"), Key("k2", "B"), Key("k3", "C", "azure"), Key("k4", "D", workspace: null)],
            Entry("A"),
            Entry("New"));

        Assert.Equal(["k1", "k2"], plan.Keys.Select(static key => key.Id));
    }
}
