using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OpenRouter.Byok.Routing;
using Xunit;

namespace OpenRouter.Byok.Tests.Routing;

/// <summary>What holds for any credentials and any request.</summary>
public sealed class RoutePropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(2000);

    private static Gen<RouteRequest> Requests =>
        from model in Gen.Elements(RandomCredentials.Words)
        from hash in RandomCredentials.WordOrNull
        from user in RandomCredentials.WordOrNull
        from workspace in RandomCredentials.WordOrNull
        from providers in Gen.OneOf(
            Gen.Constant<IReadOnlyList<string>?>(null),
            Gen.SubListOf("p", "q", "r")
                .Where(static some => some.Count > 0)
                .Select(static some => (IReadOnlyList<string>?)[.. some]))
        from serves in Gen.SubListOf("p", "q")
        select new RouteRequest(model)
        {
            ApiKeyHash = hash,
            UserId = user,
            WorkspaceId = workspace,
            Providers = providers,
            Serves = providers is null
                ? serves.ToDictionary(static slug => slug, static slug => slug == "p")
                : new Dictionary<string, bool>(),
        };

    private static Arbitrary<(ByokKey[] Keys, RouteRequest Request)> Cases => (
        from keys in Gen.ArrayOf(RandomCredentials.Of("p", "q", "p/2"))
        from request in Requests
        select (keys, request)).ToArbitrary();

    // Generating takes the time, so all properties are held against the same cases.
    private static readonly Lazy<IReadOnlyList<Case>> Planned = new(static () =>
    {
        var planned = new List<Case>();
        Check.One(
            Often,
            Prop.ForAll(Cases, one =>
                planned.Add(new Case(RoutePlanner.Plan(one.Keys, one.Request), one.Keys, one.Request))));
        return planned;
    });

    [Fact]
    public void There_are_cases() => Assert.Equal(2000, Planned.Value.Count);

    [Fact]
    public void A_disabled_credential_never_appears() =>
        Hold(static (plan, _, _) => !plan.Steps.Any(static step => step.Key is { Disabled: true }));

    [Fact]
    public void A_fallback_never_comes_before_shared_capacity() =>
        Hold(static (plan, _, _) => plan.Steps
            .SkipWhile(static step => step.Key is null or { IsFallback: false })
            .All(static step => step.Key is { IsFallback: true }));

    [Fact]
    public void An_own_credential_never_comes_after_shared_capacity() =>
        Hold(static (plan, _, _) => plan.Steps
            .SkipWhile(static step => step.Key is not null)
            .All(static step => step.Key is null or { IsFallback: true }));

    [Fact]
    public void Shared_capacity_never_appears_where_an_eligible_one_is_required() =>
        Hold(static (plan, _, _) => !plan.Steps.Any(shared => shared is { Key: null, Provider: not null }
            && plan.Steps.Any(step => step.Provider == shared.Provider && step.Key is { IsRequired: true })));

    [Fact]
    public void Shared_capacity_never_appears_where_an_enabled_one_is_byok_only() =>
        Hold(static (plan, keys, request) => !plan.Steps.Any(shared => shared is { Key: null, Provider: not null }
            && keys.Any(key => key.Provider == shared.Provider && key is { IsByokOnly: true, Disabled: false }
                && (request.WorkspaceId is null
                    || key.WorkspaceId is null
                    || key.WorkspaceId == request.WorkspaceId))));

    [Fact]
    public void Every_credential_is_either_a_step_or_excluded_and_only_once() =>
        Hold(static (plan, keys, _) => plan.Steps.Where(static step => step.Key is not null)
            .Select(static step => step.Key!)
            .Concat(plan.Excluded.Select(static one => one.Key))
            .OrderBy(static key => key.Id, StringComparer.Ordinal)
            .SequenceEqual(keys.OrderBy(static key => key.Id, StringComparer.Ordinal)));

    [Fact]
    public void Sort_orders_ascend_within_a_section_of_a_provider() =>
        Hold(static (plan, _, _) => plan.Steps.Where(static step => step.Key is not null)
            .GroupBy(static step => (step.Provider, step.Key!.IsFallback))
            .All(static section => section.Zip(section.Skip(1))
                .All(static pair => pair.First.Key!.SortOrder <= pair.Second.Key!.SortOrder)));

    [Fact]
    public void Input_order_does_not_matter() => Check.One(Often, Prop.ForAll(
        (from one in Cases.Generator
         from shuffled in Gen.Shuffle(one.Keys)
         select (one.Keys, shuffled, one.Request)).ToArbitrary(),
        static one =>
            Text(RoutePlanner.Plan(one.Keys, one.Request)) == Text(RoutePlanner.Plan(one.shuffled, one.Request))));

    [Fact]
    public void Shared_capacity_appears_unless_something_removed_it() =>
        Hold(static (plan, _, request) => (request.Providers
                ?? plan.Steps.Select(static step => step.Provider!).Where(static p => p is not null))
            .Distinct()
            .All(provider => plan.Steps.Any(step => step.Key is null && step.Provider == provider)
                != plan.RemovedShared.Any(removed => removed.Provider == provider)));

    private static void Hold(Func<Route, IReadOnlyList<ByokKey>, RouteRequest, bool> property)
    {
        var smallest = Planned.Value.Where(one => !property(one.Plan, one.Keys, one.Request))
            .MinBy(static one => one.Keys.Count);

        if (smallest is not null)
        {
            Assert.Fail($"{smallest.Request}\n{string.Join('\n', smallest.Keys)}\n{Text(smallest.Plan)}");
        }
    }

    private static string Text(Route plan) => string.Join(
        '\n',
        [
            .. plan.Steps.Select(static step =>
                $"{step.Provider} {step.Key?.Id} {step.IsTied} {step.MayBeRemovedBy?.Id}"),
            .. plan.RemovedShared.Select(static removed => $"{removed.Provider} {removed.RemovedBy.Id}"),
            .. plan.Excluded.Select(static one => $"{one.Key.Id} {one.Eligibility}"),
        ]);

    private sealed record Case(Route Plan, IReadOnlyList<ByokKey> Keys, RouteRequest Request);
}
