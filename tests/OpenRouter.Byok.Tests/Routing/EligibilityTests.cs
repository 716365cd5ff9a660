using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OpenRouter.Byok.Auditing;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Routing;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Routing;

/// <summary>Filters, routes and audits agree on which credentials apply, and on which case matters.</summary>
public sealed class EligibilityTests : IClassFixture<ShuffledSandboxShell>
{
    private static readonly string[] Workspaces = ["wa", "wb"];
    private static readonly string[] Models = ["openai/gpt-5", "openai/gpt-4o", "openai/o5"];
    private static readonly string[] Users = ["user_a", "user_A", "user_b"];

    // Each workspace has an API key that nothing names, so that what is open to all is met by somebody.
    private static readonly OpenRouterApiKey[] ApiKeys =
    [
        .. Enumerable.Range(0, 4).Select(static number => new OpenRouterApiKey
        {
            Hash = new string((char)('a' + number), 64),
            WorkspaceId = Workspaces[number % 2],
        }),
    ];

    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public EligibilityTests(ShuffledSandboxShell sandbox) => (server, shell) = (sandbox.Reset().Server, sandbox.Shell);

    [Fact]
    public void The_filter_of_Get_and_the_route_agree_on_any_request() => Holds(static random =>
    {
        var key = Credential(random);
        var apiKey = Pick(random, ApiKeys);
        var user = Pick(random, Users);
        var model = InAnyCase(random, Pick(random, Models));
        var request = new RouteRequest(model)
        {
            Providers = [InAnyCase(random, "openai")],
            ApiKeyHash = InAnyCase(random, apiKey.Hash),
            WorkspaceId = InAnyCase(random, apiKey.WorkspaceId!),
            UserId = user,
        };

        return Admits(key, model, apiKey, user) == RoutePlanner.Plan([key], request).Steps.Any(step => step.Key == key);
    });

    [Fact]
    public void The_audit_calls_unreachable_what_neither_ever_finds() => Holds(static random =>
    {
        var key = Credential(random);
        var isUnreachable = Audited(ByokAuditRule.Unreachable, key);

        var isMet = (
            from model in Models
            from apiKey in ApiKeys
            from user in Users.Take(2)
            select Admits(key, model, apiKey, user)).Any(static isIt => isIt);
        return key.Disabled ? !isUnreachable : isUnreachable != isMet;
    });

    [Fact]
    public void The_audit_calls_unknown_what_nothing_of_the_account_is_met_by() => Holds(static random =>
    {
        var key = Credential(random);

        return Audited(ByokAuditRule.UnknownModel, key) == Any(key.AllowedModels, Models, ignoreCase: true)
            && Audited(ByokAuditRule.UnknownMember, key) == Any(key.AllowedUserIds, Users.Take(2), ignoreCase: false)
            && Audited(ByokAuditRule.UnknownApiKey, key)
                == Any(key.AllowedApiKeyHashes, ApiKeys.Select(static one => one.Hash), ignoreCase: true);

        static bool Any(AllowList? list, IEnumerable<string> known, bool ignoreCase) => list?.Any(
            entry => !known.Any(one => string.Equals(
                one, entry, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))) is true;
    });

    [Theory]
    [InlineData("openai/gpt-5")]
    [InlineData("OpenAI/GPT-5")]
    public void A_model_means_the_same_to_every_cmdlet_in_whichever_case(string model)
    {
        var restricted = server.Store.Credentials.First(static key => key is { Provider: "openai", Disabled: false })
            with { Id = Guid.NewGuid(), Name = "Only this", AllowedModels = ["OPENAI/gpt-5"], IsFallback = false };
        server.Store.ReplaceCredentials([restricted]);
        var id = restricted.Id.ToString();

        Assert.Equal(id, shell.Run("Get-OpenRouterByokKey -Model $model", new { model }).Only<ByokKey>().Id);
        Assert.Contains(
            shell.Run("Resolve-OpenRouterByokRoute $model -Provider openai").All<ByokRouteStep>(),
            step => step.KeyId == id);
        Assert.Contains(
            shell.Run("Resolve-OpenRouterByokRoute $model").All<ByokRouteStep>(), step => step.KeyId == id);
        Assert.Contains(
            shell.Run("Get-OpenRouterByokKey | Resolve-OpenRouterByokRoute $model -Provider OpenAI")
                .All<ByokRouteStep>(),
            step => step.KeyId == id);
        shell.Run("Invoke-OpenRouterByokAudit -Rule UnknownModel, Unreachable").IsSilent();
        // Nothing is held back from the API, which has its own mind about the case of a model that is asked.
        shell.Run(
            "Get-OpenRouterByokKey | Test-OpenRouterByokKey -ApiKey $key -Model $model",
            new { key = Secret.Of(server.InferenceKey) });
        Assert.Contains(server.Requests, static request => request is { Method: "POST" });
    }

    [Fact]
    public void Members_are_told_apart_by_case()
    {
        var key = new ByokKey { Id = "k", Provider = "openai", AllowedUserIds = new AllowList(["user_a"]) };

        Assert.True(EligibilityRules.AllowsUser(key, "user_a"));
        Assert.False(EligibilityRules.AllowsUser(key, "user_A"));
    }

    private static void Holds(Func<Random, bool> property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll<int>(seed => property(new Random(seed))));

    private static bool Admits(ByokKey key, string model, OpenRouterApiKey apiKey, string user) => new ByokKeyFilter
    {
        State = ByokKeyState.Enabled,
        Requests =
        [
            new RequestFilter
            {
                Model = model,
                ApiKeyHash = apiKey.Hash,
                WorkspaceId = apiKey.WorkspaceId,
                UserId = user,
            },
        ],
    }.Matches(key);

    private static bool Audited(ByokAuditRule rule, ByokKey key)
    {
        var facts = new AuditData
        {
            ApiKeys = ApiKeys,
            Members = new HashSet<string>(Users.Take(2), EligibilityRules.UserIds),
            Models = ModelSlug.SetOf(Models.Select(static id => new OpenRouterModel { Id = id })),
        };
        var account = new AuditedAccount([key], facts, DateTimeOffset.UnixEpoch, TimeSpan.FromDays(1));
        return Auditor.Audit(account, AuditRules.All.Where(one => one.Id == rule)).Count > 0;
    }

    private static ByokKey Credential(Random random) => new()
    {
        Id = "k",
        Provider = InAnyCase(random, "openai"),
        WorkspaceId = random.Next(3) == 0 ? null : InAnyCase(random, Pick(random, Workspaces)),
        Disabled = random.Next(5) == 0,
        AllowedModels = Some(random, [.. Models, "openai/gone"], inAnyCase: true),
        AllowedApiKeyHashes = Some(
            random, [.. ApiKeys.Take(3).Select(static key => key.Hash), new string('f', 64)], inAnyCase: true),
        AllowedUserIds = Some(random, [.. Users, "user_gone"], inAnyCase: false),
    };

    private static AllowList? Some(Random random, string[] all, bool inAnyCase) => random.Next(2) == 0
        ? null
        : new AllowList(
        [
            .. all.Where(_ => random.Next(3) == 0).Select(entry => inAnyCase ? InAnyCase(random, entry) : entry),
        ]);

    private static T Pick<T>(Random random, T[] all) => all[random.Next(all.Length)];

    private static string InAnyCase(Random random, string text) => string.Concat(text.Select(character =>
        random.Next(2) == 0 ? char.ToUpper(character, CultureInfo.InvariantCulture) : character));
}
