using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OpenRouter.Byok.Routing;
using Xunit;

namespace OpenRouter.Byok.Tests.Routing;

/// <summary>What a report says of requests in general agrees with the route of each request.</summary>
public sealed class ProviderRouteTests
{
    private static Gen<RouteRequest> Requests =>
        from model in Gen.Elements(RandomCredentials.Words)
        from hash in Gen.Elements(RandomCredentials.Words)
        from user in Gen.Elements(RandomCredentials.Words)
        from workspace in Gen.Elements("x", "y", "z", "without credentials")
        select new RouteRequest(model) { ApiKeyHash = hash, UserId = user, WorkspaceId = workspace };

    // Generating takes the time, so all properties are held against the same cases.
    private static readonly Lazy<IReadOnlyList<Case>> Cases = new(static () =>
    {
        var cases = new List<Case>();
        var both =
            from keys in Gen.ArrayOf(RandomCredentials.Of("p", "P", "q"))
            from request in Requests
            select (keys, request);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(both.ToArbitrary(), one => cases.AddRange(CasesOf(one.keys, one.request))));
        return cases;
    });

    [Fact]
    public void There_are_cases_of_every_kind()
    {
        Assert.Contains(Cases.Value, static one => one.Route.RemovesShared is { IsByokOnly: true });
        Assert.Contains(Cases.Value, static one => one.Route.RemovesShared is { IsRequired: true });
        Assert.Contains(
            Cases.Value, static one => one.Route is { RemovesShared: null, RemovesSharedForSome: not null });
        Assert.Contains(Cases.Value, static one => one.Route.WorkspaceId is null);
        Assert.Contains(Cases.Value, static one => one.Plan.Excluded.Count > 0 && one.Plan.Steps.Count > 2);
    }

    [Fact]
    public void A_request_tries_the_credentials_of_the_route_that_are_for_it_in_their_order() => Hold(static one =>
        one.Plan.Steps.Where(static step => step.Key is not null).Select(static step => step.Key!)
            .SequenceEqual(one.Route.Prioritized.Concat(one.Route.Fallbacks).Where(one.IsEligible)));

    [Fact]
    public void Shared_capacity_is_tried_between_the_two_sections() => Hold(static one =>
        !one.IsSharedTried
        || one.Plan.Steps.TakeWhile(static step => step.Key is not null).Select(static step => step.Key!)
            .SequenceEqual(one.Route.Prioritized.Where(one.IsEligible)));

    [Fact]
    public void What_removes_shared_capacity_removes_it_for_every_request() =>
        Hold(static one => one.Route.RemovesShared is null || !one.IsSharedTried);

    [Fact]
    public void Where_nothing_removes_it_for_some_no_request_lacks_it() =>
        Hold(static one => one.Route.RemovesSharedForSome is not null || one.IsSharedTried);

    [Fact]
    public void What_removes_it_for_some_removes_it_for_the_requests_that_can_use_it() => Hold(static one =>
        one.Route.RemovesSharedForSome is not { } key || !one.IsEligible(key) || !one.IsSharedTried);

    [Fact]
    public void Shared_capacity_is_there_if_only_others_could_remove_it() => Hold(static one =>
        one.Route.RemovesShared is not null
        || one.IsSharedTried
        || one.Route.Keys.Any(key => key.IsRequired && one.IsEligible(key)));

    [Fact]
    public void A_credential_is_tied_if_a_request_can_find_it_so() => Hold(static one =>
        one.Plan.Steps.All(step => step is not { IsTied: true, Key: { } key } || one.Route.IsTied(key)));

    [Fact]
    public void Every_workspace_with_credentials_of_a_provider_has_one_route_to_it() => Hold(static one =>
    {
        var routes = ProviderRoute.Of(one.Keys)
            .Where(route => EligibilityRules.Providers.Equals(route.Provider, one.Route.Provider))
            .Select(static route => route.WorkspaceId)
            .ToList();
        return routes.Distinct().Count() == routes.Count
            && routes.ToHashSet().SetEquals(one.Keys
                .Where(key => EligibilityRules.IsOf(key, one.Route.Provider))
                .Select(static key => key.WorkspaceId));
    });

    /// <summary>The routes that the request can take: those of its workspace, or else those of all others.</summary>
    private static IEnumerable<Case> CasesOf(ByokKey[] keys, RouteRequest request) =>
        from routes in ProviderRoute.Of(keys).GroupBy(static route => route.Provider)
        let route = routes.FirstOrDefault(route => route.WorkspaceId == request.WorkspaceId)
            ?? routes.FirstOrDefault(static route => route.WorkspaceId is null)
        where route is not null
        let asked = request with { Providers = [route.Provider] }
        select new Case(keys, route, asked, RoutePlanner.Plan(keys, asked));

    private static void Hold(Func<Case, bool> property)
    {
        var smallest = Cases.Value.Where(one => !property(one)).MinBy(static one => one.Keys.Count);
        if (smallest is not null)
        {
            Assert.Fail($"{smallest.Request}\n{string.Join('\n', smallest.Keys)}\n{smallest.Route}");
        }
    }

    private sealed record Case(IReadOnlyList<ByokKey> Keys, ProviderRoute Route, RouteRequest Request, Route Plan)
    {
        public bool IsSharedTried => Plan.Steps.Any(static step => step.Key is null);

        public bool IsEligible(ByokKey key) =>
            EligibilityRules.EligibilityOf(key, Request) == Eligibility.Eligible;
    }
}
