using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OpenRouter.Byok.Auditing;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Routing;
using Xunit;

namespace OpenRouter.Byok.Tests.Routing;

/// <summary>
/// In any account the filter of Get, the route and the audit agree on which credentials apply to a request, and on when
/// shared capacity is left.
/// </summary>
public sealed class EligibilityPropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(200);

    // For properties that go through all requests of an account.
    private static readonly Config Seldom = Config.QuickThrowOnFailure.WithMaxTest(100);

    private static readonly string[] Providers = ["openai", "azure", "unlisted"];

    private static readonly string[] Workspaces = ["wa", "wb"];

    private static readonly string[] Members = ["user_a", "user_b"];

    private static readonly string[] Models = ["openai/gpt-5", "openai/gpt-4o", "openai/o5"];

    // Of the last provider it is not known which models it serves.
    private static readonly Dictionary<string, string[]> ModelsOfProviders = new()
    {
        [Providers[0]] = Models,
        [Providers[1]] = Models[..2],
    };

    // Each workspace has API keys, so every credential that is open to all API keys is open to one.
    private static readonly OpenRouterApiKey[] ApiKeys =
    [
        .. Enumerable.Range(0, 4).Select(static number => new OpenRouterApiKey
        {
            Hash = new string((char)('a' + number), 64),
            WorkspaceId = Workspaces[number % 2],
        }),
    ];

    private static readonly AuditData Everything = new()
    {
        ApiKeys = ApiKeys,
        Members = new HashSet<string>(Members, EligibilityRules.UserIds),
        Models = SlugsOf(Models),
        HostedModels = ModelsOfProviders.ToDictionary(
            static one => one.Key, static one => SlugsOf(one.Value), EligibilityRules.Providers),
    };

    /// <summary>Every request that the account can make, each with a model or a variant of it.</summary>
    private static readonly RouteRequest[] AllRequests =
    [
        .. from model in Models
           from variant in new[] { "", ":nitro" }
           from apiKey in ApiKeys
           from member in Members
           select RequestOf(model + variant, apiKey) with { UserId = member },
    ];

    private static Gen<string?> WorkspaceIds => Gen.Frequency(
        (1, Gen.Constant<string?>(null)), (3, InAnyCase(Gen.Elements(Workspaces)).Select(static id => (string?)id)));

    private static Gen<ByokKey> Credentials =>
        from provider in InAnyCase(Gen.Elements(Providers))
        from workspace in WorkspaceIds
        from order in Gen.Choose(0, 2)
        from flags in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(true)), (4, Gen.Constant(false))), 4)
        from models in AllowLists(InAnyCase(
            Gen.Elements("openai/gpt-5", "openai/o5", "openai/o5:nitro", "openai/gone")))
        from hashes in AllowLists(InAnyCase(Gen.Elements(Hashes(ApiKeys.Length + 1))))
        from users in AllowLists(Gen.Elements("user_a", "user_A", "user_b", "user_gone"))
        select new ByokKey
        {
            Id = Guid.NewGuid().ToString(),
            Provider = provider,
            WorkspaceId = workspace,
            SortOrder = order,
            Disabled = flags[0],
            IsFallback = flags[1],
            IsRequired = flags[2],
            IsByokOnly = flags[3] && !flags[1],
            AllowedModels = models,
            AllowedApiKeyHashes = hashes,
            AllowedUserIds = users,
        };

    private static Gen<ByokKey[]> Accounts =>
        from count in Gen.Choose(1, 6)
        from keys in Gen.ArrayOf(Credentials, count)
        select keys;

    /// <summary>A request for some providers, in which everything is written in any case that is allowed.</summary>
    private static Gen<RouteRequest> Requests =>
        from request in Gen.Elements(AllRequests)
        from providers in Gen.SubListOf(Providers).Where(static some => some.Count > 0)
        from written in InAnyCase(Gen.Constant(string.Join(' ', providers)))
        from model in InAnyCase(Gen.Constant(request.Model))
        from hash in InAnyCase(Gen.Constant(request.ApiKeyHash!))
        from workspace in InAnyCase(Gen.Constant(request.WorkspaceId!))
        from user in Gen.Elements("user_a", "user_A", "user_b")
        select new RouteRequest(model)
        {
            Providers = written.Split(' '),
            ApiKeyHash = hash,
            WorkspaceId = workspace,
            UserId = user,
        };

    private static Gen<RouteRequest> IncompleteRequests =>
        from request in Requests
        from isApiKeyKnown in Gen.Elements(true, false)
        from isUserKnown in Gen.Elements(true, false)
        select request with
        {
            ApiKeyHash = isApiKeyKnown ? request.ApiKeyHash : null,
            UserId = isUserKnown ? request.UserId : null,
        };

    [Fact]
    public void The_filter_of_Get_lets_through_exactly_the_credentials_of_the_route() => Check.One(
        Often,
        Prop.ForAll(Both(Accounts, Requests), static one => SameIds(
            Filtered(one.First, one.Second), StepsOf(RoutePlanner.Plan(one.First, one.Second)))));

    [Fact]
    public void What_is_not_known_of_a_request_excludes_from_the_route_what_the_filter_lets_through() => Check.One(
        Often,
        Prop.ForAll(
            Both(Accounts, IncompleteRequests),
            static one =>
            {
                var (keys, request) = one;
                var route = RoutePlanner.Plan(keys, request);
                var undecided = route.Excluded
                    .Where(static excluded => excluded.Eligibility
                        is Eligibility.ApiKeyUnknown or Eligibility.UserUnknown)
                    .Select(static excluded => excluded.Key);
                return SameIds(Filtered(keys, request), StepsOf(route).Concat(undecided));
            }));

    /// <summary>
    /// With everything looked up, a credential is unreachable exactly when no request of the account has it in its
    /// route. Disabled ones are left out, since another rule is about them.
    /// </summary>
    [Fact]
    public void The_audit_calls_unreachable_exactly_what_no_request_has_in_its_route() => Check.One(
        Seldom,
        Prop.ForAll(Accounts.ToArbitrary(), static keys => SameIds(
            Unreachable(keys, Everything),
            keys.Where(static key => !key.Disabled).Except(InAnyRoute(keys)))));

    /// <summary>With less looked up, fewer are found, but none that a request has in its route.</summary>
    [Fact]
    public void The_audit_calls_nothing_unreachable_for_what_it_does_not_know() => Check.One(
        Seldom,
        Prop.ForAll(Both(Accounts, Gen.ArrayOf(Gen.Elements(true, false), 4)), static one =>
        {
            var (keys, known) = one;
            var data = new AuditData
            {
                ApiKeys = known[0] ? Everything.ApiKeys : null,
                Members = known[1] ? Everything.Members : null,
                Models = known[2] ? Everything.Models : null,
                HostedModels = known[3] ? Everything.HostedModels : null,
            };
            var found = Unreachable(keys, data);
            return !found.Except(Unreachable(keys, Everything)).Any()
                && !found.Intersect(InAnyRoute(keys)).Any();
        }));

    /// <summary>
    /// For a single request the audit knows exactly whether shared capacity is left: when the route of the request has
    /// a shared step in one of the workspaces that the credential serves.
    /// </summary>
    [Fact]
    public void Shared_capacity_is_left_by_the_audit_exactly_where_the_route_has_it() => Check.One(
        Often,
        Prop.ForAll(Both(Accounts, Requests), static one =>
        {
            var (keys, request) = one;
            var account = AccountOf(keys, Everything);
            return keys.All(key => account.IsSharedCapacityLeft(key, RequestScope.Only(request))
                == account.WorkspacesOf(key).Any(workspace => HasSharedStep(keys, key.Provider, workspace, request)));
        }));

    /// <summary>
    /// For many requests at once it may say that some is left where there is none, but never the reverse.
    /// </summary>
    [Fact]
    public void Where_the_audit_finds_no_shared_capacity_no_route_has_it() => Check.One(
        Often,
        Prop.ForAll(Both(Accounts, Requests), static one =>
        {
            var (keys, request) = one;
            var account = AccountOf(keys, Everything);
            return keys.All(key => account.IsSharedCapacityLeft(key, RequestScope.AllowedBy(key))
                || !RequestScope.AllowedBy(key).Covers(RequestScope.Only(request))
                || !account.WorkspacesOf(key).Any(workspace =>
                    HasSharedStep(keys, key.Provider, workspace, request)));
        }));

    private static IEnumerable<ByokKey> Filtered(ByokKey[] keys, RouteRequest request)
    {
        var filter = new ByokKeyFilter
        {
            State = ByokKeyState.Enabled,
            Providers = TextPatterns.Of([.. request.Providers!]),
            Requests =
            [
                new RequestFilter
                {
                    Model = request.Model,
                    ApiKeyHash = request.ApiKeyHash,
                    WorkspaceId = request.WorkspaceId,
                    UserId = request.UserId,
                },
            ],
        };
        return keys.Where(filter.Matches);
    }

    private static HashSet<ByokKey> InAnyRoute(ByokKey[] keys) =>
        [.. AllRequests.SelectMany(request => StepsOf(RoutePlanner.Plan(keys, request)))];

    // A workspace that is null has no credentials of its own.
    private static bool HasSharedStep(ByokKey[] keys, string provider, string? workspace, RouteRequest request) =>
        RoutePlanner.Plan(keys, request with { Providers = [provider], WorkspaceId = workspace ?? "another" })
            .Steps.Any(static step => step.Key is null);

    private static IEnumerable<ByokKey> StepsOf(Route route) =>
        route.Steps.Where(static step => step.Key is not null).Select(static step => step.Key!);

    private static List<ByokKey> Unreachable(ByokKey[] keys, AuditData data) =>
    [
        .. AllowListRules.Unreachable(AccountOf(keys, data)).Select(static violation => violation.Key),
    ];

    private static AuditedAccount AccountOf(ByokKey[] keys, AuditData data) =>
        new(keys, data, DateTimeOffset.UnixEpoch, TimeSpan.FromDays(1));

    private static RouteRequest RequestOf(string model, OpenRouterApiKey apiKey) => new(model)
    {
        ApiKeyHash = apiKey.Hash,
        WorkspaceId = apiKey.WorkspaceId,
        Serves = Everything.HostedModels!.ToDictionary(
            static one => one.Key, one => ModelSlug.IsIn(one.Value)(model), EligibilityRules.Providers),
    };

    private static ISet<string> SlugsOf(string[] models) =>
        ModelSlug.SetOf(models.Select(static id => new OpenRouterModel { Id = id }));

    private static string[] Hashes(int count) =>
        [.. Enumerable.Range(0, count).Select(static number => new string((char)('a' + number), 64))];

    private static bool SameIds(IEnumerable<ByokKey> keys, IEnumerable<ByokKey> others) =>
        keys.Select(static key => key.Id).Order().SequenceEqual(others.Select(static key => key.Id).Order());

    private static Gen<AllowList?> AllowLists(Gen<string> entries) => Gen.Frequency(
        (2, Gen.Constant<AllowList?>(null)),
        (3, from count in Gen.Choose(0, 3)
            from list in Gen.ArrayOf(entries, count)
            select (AllowList?)new AllowList(list)));

    private static Gen<string> InAnyCase(Gen<string> texts) =>
        from text in texts
        from seed in Gen.Choose(0, int.MaxValue)
        select Recased(text, new Random(seed));

    private static string Recased(string text, Random random) => string.Concat(text.Select(character =>
        random.Next(2) == 0 ? char.ToUpper(character, CultureInfo.InvariantCulture) : character));

    private static Arbitrary<(TFirst First, TSecond Second)> Both<TFirst, TSecond>(
        Gen<TFirst> first, Gen<TSecond> second) => (
        from one in first
        from other in second
        select (one, other)).ToArbitrary();
}
