using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Testing;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Whatever the account and the configuration are.</summary>
public sealed class PlannerPropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(1000);

    private static Gen<int> Seeds => Gen.Choose(0, int.MaxValue - 1);

    private static Gen<PlanningWorld> Worlds => Seeds.Select(RandomWorlds.Of).Where(static world => world.IsValid);

    [Fact]
    public void Once_a_plan_is_applied_there_is_nothing_left_to_do() => Holds(static world =>
    {
        var after = world.After(world.Plan());
        return after.Plan().Changes.All(static change =>
            change.Action is ByokConfigurationAction.Extra or ByokConfigurationAction.Blocked);
    });

    [Fact]
    public void Once_a_plan_is_applied_the_account_has_what_the_entries_say() => Holds(static world =>
    {
        var plan = world.Plan();
        var after = world.After(plan);
        return plan.All
            .Where(static change => change.Entry is not null && change.Action != ByokConfigurationAction.Blocked)
            .All(change => after.Keys.Any(key => IsAsWanted(key, change.Entry!, change.KeyId)));
    });

    [Fact]
    public void A_plan_never_names_what_is_out_of_scope() => Holds(static world =>
    {
        var scope = ScopeOf(world);
        return world.Plan().All.All(change => change switch
        {
            // What an id means elsewhere is blocked, so that it is seen.
            { Action: ByokConfigurationAction.Blocked, Entry.Id: { } id } => PlanningWorld.IsSame(id, change.KeyId),
            { Current: null } => scope.Contains(PlanWork.PairOf(change.WorkspaceId, change.Provider)),
            { Current: { } key } => key.WorkspaceId is not null
                && scope.Contains(PlanWork.PairOf(key.WorkspaceId, key.Provider))
                && (change.Entry is not null || !TemporaryCredential.IsOne(key)),
        });
    });

    [Fact]
    public void Every_entry_and_everything_in_scope_is_named_once() => Holds(static world =>
    {
        var plan = world.Plan();
        var scope = ScopeOf(world);
        var named = plan.All.Where(static change => change.Current is not null)
            .Select(static change => change.Current!.Id)
            .ToList();
        var inScope = world.Keys.Where(key => key.WorkspaceId is not null
            && !TemporaryCredential.IsOne(key)
            && scope.Contains(PlanWork.PairOf(key.WorkspaceId, key.Provider)));
        return named.Count == named.Distinct().Count()
            && inScope.All(key => named.Contains(key.Id))
            && plan.All.Count(static change => change.Entry is not null) == world.Entries.Count;
    });

    [Fact]
    public void Neither_the_order_of_the_entries_nor_that_of_the_credentials_matters() => Check.One(
        Often,
        Prop.ForAll(Both(Worlds, Seeds), static one =>
            Changes(one.First).SetEquals(Changes(one.First.Shuffled(one.Second)))));

    [Fact]
    public void Neither_does_it_for_what_is_wrong() => Check.One(
        Often,
        Prop.ForAll(Both(Seeds.Select(RandomWorlds.Of), Seeds), static one =>
            one.First.IsValid == one.First.Shuffled(one.Second).IsValid));

    [Fact]
    public void Without_pruning_nothing_is_taken_away_that_no_entry_wants_so() => Holds(static world =>
    {
        var unpruned = world with { Prune = null };
        var plan = unpruned.Plan();
        var after = unpruned.After(plan);
        var saysDisabled = plan.All.Where(static change =>
            change.Entry?.Settings.Get(CredentialSettings.Disabled) is { IsPresent: true, Value: true });
        var mayBeDisabled = saysDisabled.Select(static change => change.KeyId).ToHashSet();
        return plan.All.All(static change => !change.IsPruning)
            && world.Keys.All(key => after.Keys.Any(one => one.Id == key.Id
                && (!one.Disabled || key.Disabled || mayBeDisabled.Contains(key.Id))));
    });

    [Fact]
    public void After_removing_nothing_is_extra_and_after_disabling_no_extra_is_enabled() => Holds(static world =>
        After(world, ByokPruneMode.Remove).Count(ByokConfigurationAction.Extra) == 0
        && After(world, ByokPruneMode.Disable).All
            .Where(static change => change.Action == ByokConfigurationAction.Extra)
            .All(static change => change.Current!.Disabled));

    [Fact]
    public void Ids_are_equal_exactly_when_the_work_is() => Check.One(
        Often.WithMaxTest(2000),
        Prop.ForAll(Both(Worlds, Seeds), static one =>
        {
            var nearby = one.First.Nearby(one.Second);
            return !nearby.IsValid || AreIdsRight(one.First.Plan(), nearby.Plan());
        }));

    [Fact]
    public void So_they_are_for_worlds_that_have_nothing_to_do_with_each_other() => Check.One(
        Often, Prop.ForAll(Both(Worlds, Worlds), static one => AreIdsRight(one.First.Plan(), one.Second.Plan())));

    /// <summary>The control: what the properties are about occurs, and often.</summary>
    [Fact]
    public void The_worlds_have_everything_that_can_happen()
    {
        var worlds = Enumerable.Range(0, 2000).Select(RandomWorlds.Of).ToList();
        var valid = worlds.Where(static world => world.IsValid).ToList();
        var plans = valid.Select(static world => world.Plan()).ToList();

        Assert.InRange(valid.Count, 1200, 1990);
        Assert.All(Enum.GetValues<ByokConfigurationAction>(), action => Assert.InRange(
            plans.Count(plan => plan.Count(action) > 0), 50, plans.Count));
        AssertMany(plans, static change => change is { WritesKey: true, KeyId: not null });
        AssertMany(plans, static change => change.CreateOrder > 0);
        AssertMany(plans, static change => change.Entry?.PreviousName is { } name && name == change.Name);
        Assert.InRange(valid.Count(static world => world.DefaultId is null), 100, valid.Count);
        var nearby = valid.Select(static (world, seed) => (World: world, Near: world.Nearby(seed)))
            .Where(static one => one.Near.IsValid)
            .ToList();
        Assert.InRange(
            nearby.Count(static one => PlanWork.Of(one.World.Plan()) == PlanWork.Of(one.Near.Plan())),
            200,
            nearby.Count - 200);

        static void AssertMany(List<ConfigurationPlan> plans, Func<ByokConfigurationChange, bool> isMeant) =>
            Assert.InRange(plans.Count(plan => plan.All.Any(isMeant)), 50, plans.Count);
    }

    private static void Holds(Func<PlanningWorld, bool> property) =>
        Check.One(Often, Prop.ForAll(Worlds.ToArbitrary(), property));

    private static HashSet<(string?, string)> ScopeOf(PlanningWorld world) =>
    [
        .. world.Scope.Concat(world.Entries.Select(static entry => (entry.Workspace, entry.Provider)))
            .Select(pair => PlanWork.PairOf(world.WorkspaceOf(pair.Workspace), pair.Provider)),
    ];

    private static ConfigurationPlan After(PlanningWorld world, ByokPruneMode prune)
    {
        var pruned = world with { Prune = prune };
        return pruned.After(pruned.Plan()).Plan();
    }

    private static bool AreIdsRight(ConfigurationPlan one, ConfigurationPlan other) =>
        (one.Id == other.Id) == (PlanWork.Of(one) == PlanWork.Of(other));

    private static bool IsAsWanted(ByokKey key, CredentialEntry entry, string? id) =>
        (id is null || key.Id == id)
        && PlanningWorld.IsSame(key.Provider, entry.Provider)
        && (entry.Workspace is null || PlanningWorld.IsSame(key.WorkspaceId, entry.Workspace))
        && (entry.Workspace is not null || key.WorkspaceId == PlanningWorld.Default)
        && (entry is { Id: not null, Name.IsPresent: false } || key.Name == entry.Name.Value)
        && entry.Settings.Settings.All(one =>
            PlanWork.Text(one.Setting, one.Setting.ValueOf(key)) == PlanWork.Text(one.Setting, one.Value));

    /// <summary>The changes, apart from their order.</summary>
    private static HashSet<string> Changes(PlanningWorld world)
    {
        var plan = world.Plan();
        var changes = plan.All.Select(static change =>
            $"{Planning.Line(change)} {change.Reason} {PlanWork.Of(change)}").ToHashSet();
        Assert.Equal(plan.All.Count, changes.Count);
        return changes;
    }

    private static Arbitrary<(TFirst First, TSecond Second)> Both<TFirst, TSecond>(
        Gen<TFirst> first, Gen<TSecond> second) => (
        from one in first
        from other in second
        select (one, other)).ToArbitrary();
}
