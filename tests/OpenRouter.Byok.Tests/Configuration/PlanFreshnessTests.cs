using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.Planning;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What others changed after a plan was made, as far as the plan depends on it.</summary>
public sealed class PlanFreshnessTests
{
    private static readonly ByokKeyChanges Required = Setting(CredentialSettings.IsRequired, true);

    private static readonly ByokKey Updated = Key(
        "k1", "Updated", settings: Setting(CredentialSettings.AllowedModels, new AllowList(["a/1", "b/2"])));

    private static readonly ByokKey Equal = Key("k2", "Equal");

    private static readonly ByokKey Extra = Key("k3", "Extra");

    private static readonly ByokKey[] All = [Updated, Equal, Extra];

    private static readonly ResolvedEntry[] Entries =
        [Entry("Updated", settings: Required), Entry("Equal"), Entry("New")];

    public static TheoryData<string> Settings => [.. CredentialSettings.All.Select(static one => one.JsonName)];

    [Theory]
    [InlineData(null)]
    [InlineData(ByokPruneMode.Disable)]
    [InlineData(ByokPruneMode.Remove)]
    public void Where_nothing_changed_everything_can_be_done(ByokPruneMode? prune) =>
        Assert.Empty(Stale(Planned(prune), [.. All.Reverse()]));

    [Theory]
    [MemberData(nameof(Settings))]
    public void Any_setting_of_a_credential_to_update_must_be_as_it_was(string jsonName)
    {
        var setting = CredentialSettings.All.Single(one => one.JsonName == jsonName);
        object value = setting switch
        {
            TextSetting => "europe",
            ListSetting => new AllowList(["c/3"]),
            _ => true,
        };
        var changed = Updated.With(new ByokKeyChanges().WithValue(setting, value));

        var property = jsonName == "name" ? "name" : SettingProperties.NameOf(setting);
        Assert.Equal(
            [Messages.Format(Messages.StaleChanged, changed, "k1", property)],
            Stale(Planned(), [changed, Equal, Extra]));
    }

    [Fact]
    public void So_must_its_key()
    {
        var changed = Updated.With(Setting(CredentialSettings.DeclaredZdr, true), label: "sk-...zzzz");

        Assert.Equal(
            [Messages.Format(Messages.StaleChanged, changed, "k1", "key, declaredZdr")],
            Stale(Planned(), [changed, Equal, Extra]));
    }

    [Fact]
    public void Lists_in_another_order_and_another_place_in_the_order_of_trial_are_no_changes()
    {
        var same = Updated.With(Setting(CredentialSettings.AllowedModels, new AllowList(["B/2", "a/1"])));
        var moved = Key("K1", "Updated", order: 7, settings: Setting(
            CredentialSettings.AllowedModels, Updated.AllowedModels));
        Assert.All([same, moved], static key => Assert.Empty(Stale(Planned(), [key, Equal, Extra])));
    }

    [Fact]
    public void What_is_to_be_changed_must_be_there()
    {
        Assert.Equal(
            [Messages.Format(Messages.StaleRemoved, Updated, "k1")], Stale(Planned(), [Equal, Extra]));
        Assert.Equal(
            [Messages.Format(Messages.StaleRemoved, Extra, "k3")],
            Stale(Planned(ByokPruneMode.Remove), [Updated, Equal]));
    }

    [Theory]
    [InlineData(ByokPruneMode.Disable)]
    [InlineData(ByokPruneMode.Remove)]
    public void What_is_to_be_taken_away_must_be_as_it_was(ByokPruneMode prune)
    {
        var changed = Extra.With(Required);

        Assert.Equal(
            [Messages.Format(Messages.StaleChanged, changed, "k3", "isRequired")],
            Stale(Planned(prune), [Updated, Equal, changed]));
    }

    [Fact]
    public void What_is_only_extra_or_equal_may_change() => Assert.Empty(Stale(
        Planned(), [Updated, Equal.With(Required), Key("k9", "Unrelated")]));

    [Theory]
    [InlineData("New", "openai", Production, true)]
    [InlineData("New", "OpenAI", "0A000000-0000-4000-8000-00000000000A", true)]
    [InlineData("new", "openai", Production, false)]
    [InlineData("New", "azure", Production, false)]
    [InlineData("New", "openai", Staging, false)]
    [InlineData("New", "openai", null, false)]
    public void What_is_to_be_created_must_not_be_there(
        string name, string provider, string? workspace, bool isStale)
    {
        var other = Key("k9", name, provider, workspace);

        Assert.Equal(
            isStale ? [Messages.Format(Messages.StaleCreated, other, "k9")] : [], Stale(Planned(), [.. All, other]));
    }

    /// <summary>
    /// While nothing is in the account's default workspace, its id is not known, and credentials of it are those that
    /// are in no other workspace that was read.
    /// </summary>
    [Theory]
    [InlineData(PlanningWorld.Default, "New", true)]
    [InlineData(PlanningWorld.Default, "Other", false)]
    [InlineData(Production, "New", false)]
    [InlineData(null, "New", false)]
    public void What_is_to_be_created_in_the_default_workspace_must_not_be_there(
        string? workspace, string name, bool isStale)
    {
        var plan = ConfigurationPlanner.Plan(
            InputOf([], Entry("New", workspace: null), Entry("Other", "azure")) with
            {
                WorkspaceIds = [null, Production.ToUpperInvariant()],
            });
        var other = Key("k9", name, workspace: workspace);

        Assert.Equal(isStale ? [Messages.Format(Messages.StaleCreated, other, "k9")] : [], Stale(plan, [other]));
    }

    /// <summary>One that the plan saw has the same name because another entry means it by its id.</summary>
    [Fact]
    public void A_credential_of_the_same_name_that_the_plan_saw_is_not_new()
    {
        var plan = Plan([Key("k1", "New")], Entry("Other", id: "k1"), Entry("New"));

        Assert.Equal(2, plan.Changes.Count());
        Assert.Empty(Stale(plan, [Key("K1", "New")]));
    }

    [Fact]
    public void Only_the_changes_that_are_to_be_made_count()
    {
        var plan = Planned(ByokPruneMode.Remove);
        ByokKey[] now = [Updated.With(Required), Equal, Extra.With(Required), Key("k9", "New")];

        Assert.Equal(3, Stale(plan, now).Count);
        Assert.All(plan.Changes, change => Assert.Single(PlanFreshness.StaleParts([change], plan, now)));
        Assert.Empty(PlanFreshness.StaleParts([], plan, now));
    }

    /// <summary>Whether the last enabled one may go was decided by what else was enabled.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData(ByokPruneMode.Disable, true)]
    [InlineData(ByokPruneMode.Remove, true)]
    public void Pruning_needs_the_enabled_credentials_that_stay(ByokPruneMode? prune, bool isStale)
    {
        var disabled = Equal.With(Setting(CredentialSettings.Disabled, true));

        Assert.Equal(
            isStale ? [Messages.Format(Messages.StaleChanged, disabled, "k2", "disabled")] : [],
            Stale(Planned(prune), [Updated, disabled, Extra]));
        Assert.Equal(
            isStale ? [Messages.Format(Messages.StaleRemoved, Equal, "k2")] : [],
            Stale(Planned(prune), [Updated, Extra]));
        Assert.Empty(Stale(Planned(prune), [Updated, Equal.With(Required), Extra]));
    }

    [Fact]
    public void It_does_not_need_the_disabled_ones()
    {
        var input = InputOf([Key("k1", "Off", isDisabled: true), Equal, Extra], Entry("Off"), Entry("Equal"));

        Assert.Empty(Stale(ConfigurationPlanner.Plan(input with { Prune = ByokPruneMode.Remove }), [Equal, Extra]));
    }

    [Fact]
    public void So_it_does_when_they_are_shown_in_the_plan()
    {
        var plan = Planned(ByokPruneMode.Remove);

        Assert.Equal(
            [Messages.Format(Messages.StaleRemoved, Equal, "k2")],
            PlanFreshness.StaleParts(plan.All, plan, [Updated, Extra]));
    }

    private static ConfigurationPlan Planned(ByokPruneMode? prune = null) =>
        ConfigurationPlanner.Plan(InputOf(All, Entries) with { Prune = prune });

    private static IReadOnlyList<string> Stale(ConfigurationPlan plan, IReadOnlyList<ByokKey> now) =>
        PlanFreshness.StaleParts([.. plan.Changes], plan, now);
}
