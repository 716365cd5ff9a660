using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.Planning;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What is refused without -Force, and what is not.</summary>
public sealed class PruneGuardTests
{
    private static readonly ByokKeyChanges Enabling = Setting(CredentialSettings.Disabled, false);

    private static readonly ByokKeyChanges Disabling = Setting(CredentialSettings.Disabled, true);

    public static TheoryData<ByokPruneMode> PruneModes => [ByokPruneMode.Disable, ByokPruneMode.Remove];

    [Theory]
    [MemberData(nameof(PruneModes))]
    public void The_last_enabled_credential_stays(ByokPruneMode prune) => AssertLast(
        "Old",
        Pruned(prune, [Key("k1", "Old"), Key("k2", "Off", isDisabled: true)], Entry("Off")));

    [Theory]
    [MemberData(nameof(PruneModes))]
    public void All_that_would_go_are_named(ByokPruneMode prune) => AssertLast(
        "Old (k1), Older (k2)",
        Pruned(prune, [Key("k1", "Old"), Key("k2", "Older")], Entry("Off", variable: null)));

    [Fact]
    public void Of_many_that_would_go_ten_are_named()
    {
        var numbers = Enumerable.Range(1, 12).ToList();
        var plan = Pruned(
            ByokPruneMode.Remove,
            [.. Numbered(12), .. numbers.Select(static number => Key($"a{number}", $"A{number}", "azure"))],
            [Entry("Off", variable: null), .. numbers.Select(static number => Entry($"A{number}", "azure"))]);

        Assert.Contains("N10", Refusal(plan)!.Message, System.StringComparison.Ordinal);
        Assert.Contains(" and 2 more would be", Refusal(plan)!.Message, System.StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(PruneModes))]
    public void It_may_go_where_another_is_enabled(ByokPruneMode prune) =>
        Assert.Null(Refusal(Pruned(prune, [Key("k1", "Old"), Key("k2", "On")], Entry("On"))));

    [Theory]
    [MemberData(nameof(PruneModes))]
    public void Each_workspace_and_each_provider_counts_on_its_own(ByokPruneMode prune)
    {
        AssertLast(
            "Old",
            Pruned(prune, [Key("k1", "Old"), Key("k2", "On", workspace: Staging)], [
                Entry("On", workspace: Staging), Entry("Off", variable: null)]));
        AssertLast(
            "Old",
            Pruned(prune, [Key("k1", "Old"), Key("k2", "On", "azure")], [
                Entry("On", "azure"), Entry("Off", variable: null)]));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void A_new_credential_replaces_it_when_it_is_enabled(bool? isDisabled, bool isRefused)
    {
        var settings = isDisabled is { } disabled ? Setting(CredentialSettings.Disabled, disabled) : null;
        var plan = Pruned(ByokPruneMode.Remove, [Key("k1", "Old")], Entry("New", settings: settings));

        Assert.Equal(isRefused, Refusal(plan) is not null);
    }

    [Theory]
    [InlineData("openai", Staging)]
    [InlineData("azure", Production)]
    public void A_new_credential_elsewhere_does_not(string provider, string workspace) => AssertLast(
        "Old",
        Pruned(
            ByokPruneMode.Remove, [Key("k1", "Old")], Entry("New", provider, workspace), Entry("Off", variable: null)));

    [Fact]
    public void An_update_that_enables_another_replaces_it()
    {
        ByokKey[] keys = [Key("k1", "Old"), Key("k2", "Off", isDisabled: true)];

        Assert.Null(Refusal(Pruned(ByokPruneMode.Remove, keys, Entry("Off", settings: Enabling))));
        AssertLast("Old", Pruned(
            ByokPruneMode.Remove,
            keys,
            Entry("Off", settings: Setting(CredentialSettings.IsRequired, true))));
    }

    [Fact]
    public void An_update_that_disables_the_other_leaves_none()
    {
        ByokKey[] keys = [Key("k1", "Old"), Key("k2", "On")];

        AssertLast("Old", Pruned(ByokPruneMode.Remove, keys, Entry("On", settings: Disabling)));
        Assert.Null(Refusal(Pruned(
            ByokPruneMode.Remove,
            keys,
            Entry("On", settings: Setting(CredentialSettings.IsRequired, true)))));
    }

    [Fact]
    public void Disabled_credentials_may_go() => Assert.Null(Refusal(Pruned(
        ByokPruneMode.Remove, [Key("k1", "Old", isDisabled: true)], Entry("Off", variable: null))));

    [Fact]
    public void A_configuration_may_itself_disable_the_last_one() => Assert.Null(Refusal(Pruned(
        ByokPruneMode.Remove, [Key("k1", "Production")], Entry("Production", settings: Disabling))));

    [Theory]
    // How many are in scope, how many of them are extra, and whether that is refused.
    [InlineData(2, 1, false)]
    [InlineData(3, 2, false)]
    [InlineData(4, 1, false)]
    [InlineData(4, 2, false)]
    [InlineData(4, 3, true)]
    [InlineData(5, 2, false)]
    [InlineData(5, 3, true)]
    [InlineData(6, 3, false)]
    [InlineData(6, 4, true)]
    public void More_than_half_of_four_or_more_is_refused(int count, int extra, bool isRefused) =>
        Assert.All([ByokPruneMode.Disable, ByokPruneMode.Remove], prune =>
        {
            var keys = Numbered(count).ToList();
            var refusal = Refusal(Pruned(prune, keys, keys.Skip(extra).Select(static key => Entry(key.Name))));

            Assert.Equal(
                isRefused ? Messages.Format(Messages.PruneMoreThanHalf, extra, count) : null, refusal?.Message);
            Assert.Equal(isRefused ? ErrorReason.PruneRefused : null, refusal?.Reason);
        });

    [Fact]
    public void Disabled_ones_count_among_those_that_are_removed_but_not_among_those_to_disable()
    {
        var keys = Numbered(4).Select(static key => key.Id == "k4" ? key : key.With(Disabling)).ToList();

        Assert.NotNull(Refusal(Pruned(ByokPruneMode.Remove, keys, Entry("N4"))));
        Assert.Null(Refusal(Pruned(ByokPruneMode.Disable, keys, Entry("N4"))));
    }

    [Fact]
    public void What_is_out_of_scope_does_not_make_the_share_smaller()
    {
        ByokKey[] keys =
        [
            .. Numbered(4),
            .. Enumerable.Range(0, 9).Select(static number => Key($"other{number}", $"O{number}", "azure")),
            Key("global", "Global", workspace: null),
            Key("temporary", TemporaryName),
        ];

        Assert.NotNull(Refusal(Pruned(ByokPruneMode.Remove, keys, Entry("N4"))));
    }

    [Fact]
    public void Neither_does_what_entries_mean_elsewhere_by_its_id() => Assert.NotNull(Refusal(Pruned(
        ByokPruneMode.Remove,
        [.. Numbered(4), Key("global", "Global", workspace: null), Key("other", "Other", workspace: Staging)],
        Entry("N4"),
        Entry(default, id: "global"),
        Entry(default, id: "other"))));

    [Fact]
    public void Only_the_changes_that_are_to_be_made_count()
    {
        var keys = Numbered(4).ToList();
        var plan = Pruned(ByokPruneMode.Remove, keys, Entry("N4"));
        Assert.NotNull(PruneGuard.Refusal(plan, [.. plan.Changes]));
        Assert.Null(PruneGuard.Refusal(plan, [.. plan.Changes.Skip(1)]));
        Assert.Null(PruneGuard.Refusal(plan, []));

        // What is left out of the plan replaces nothing.
        var replaced = Pruned(ByokPruneMode.Remove, [Key("k1", "Old")], Entry("New"));
        Assert.Null(Refusal(replaced));
        Assert.NotNull(PruneGuard.Refusal(
            replaced, [.. replaced.Changes.Where(static change => change.IsPruning)]));
        var enabled = Pruned(
            ByokPruneMode.Remove,
            [Key("k1", "Old"), Key("k2", "Off", isDisabled: true)],
            Entry("Off", settings: Enabling));
        Assert.Null(Refusal(enabled));
        Assert.NotNull(PruneGuard.Refusal(enabled, [.. enabled.Changes.Where(static change => change.IsPruning)]));
    }

    [Fact]
    public void Nothing_is_refused_where_nothing_is_taken_away() =>
        Assert.Null(Refusal(Plan(Numbered(5), Entry("N1", settings: Disabling))));

    private static IEnumerable<ByokKey> Numbered(int count) =>
        Enumerable.Range(1, count).Select(static number => Key($"k{number}", $"N{number}"));

    private static ConfigurationPlan Pruned(
        ByokPruneMode prune, IEnumerable<ByokKey> keys, params IEnumerable<ResolvedEntry> entries) =>
        ConfigurationPlanner.Plan(InputOf(keys, entries) with { Prune = prune });

    private static OpenRouterException? Refusal(ConfigurationPlan plan) =>
        PruneGuard.Refusal(plan, [.. plan.Changes]);

    private static void AssertLast(string names, ConfigurationPlan plan)
    {
        var refusal = Assert.IsType<OpenRouterException>(Refusal(plan));

        Assert.Equal(ErrorReason.PruneRefused, refusal.Reason);
        Assert.Contains($"would be enabled any longer: {names}", refusal.Message, System.StringComparison.Ordinal);
        Assert.Contains("-Force", refusal.Message, System.StringComparison.Ordinal);
    }
}
