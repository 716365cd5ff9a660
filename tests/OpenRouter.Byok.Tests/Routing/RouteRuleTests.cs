using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Routing;
using Xunit;

namespace OpenRouter.Byok.Tests.Routing;

/// <summary>Every sentence of OpenRouter's routing rules, as cases.</summary>
public sealed class RouteRuleTests
{
    private const string Model = "openai/gpt-5";

    /// <summary>
    /// The sentence, the credentials, and the route. Names stand for credentials, provider/shared for the rest.
    /// </summary>
    public static TheoryData<string, string, string> Sentences => new()
    {
        // Eligible is what is not disabled …
        { "A disabled one takes no part", "a off; b", "b, p/shared" },
        // … and whose allow lists are null or hold the model, the key's hash, the member.
        { "Without lists it is eligible", "a", "a, p/shared" },
        {
            "The model list holds the model",
            "a models=openai/gpt-4o+openai/gpt-5; b models=openai/gpt-4o",
            "a, p/shared"
        },
        { "Models are compared in any case", "a models=OpenAI/GPT-5; b models=openai/gpt-5-mini", "a, p/shared" },
        { "An empty list holds nothing", "a models=; b keys=; c users=", "p/shared" },
        { "The key list holds the key", "a keys=other+caller; b keys=other", "a, p/shared" },
        { "The member list holds the member", "a users=them+me; b users=them", "a, p/shared" },
        {
            "All three lists must hold",
            "a models=openai/gpt-5 keys=caller users=them; b models=openai/gpt-5 keys=caller users=me",
            "b, p/shared"
        },
        // Eligible non-fallback credentials are tried in sort order, then shared, then eligible fallbacks in sort
        // order.
        { "In ascending sort order", "a order=3; b order=1; c order=2", "b, c, a, p/shared" },
        {
            "Fallbacks come after shared capacity",
            "a order=5; b order=1 fallback; c order=0 fallback",
            "a, p/shared, c, b"
        },
        { "Nothing eligible leaves shared capacity", "a off; b fallback off", "p/shared" },
        { "Only fallbacks: shared capacity is first", "a fallback", "p/shared, a" },
        // … unless an eligible credential is required …
        { "A required one removes shared capacity", "a; b order=1 required", "a, b" },
        { "A required fallback removes it too", "a; b fallback required", "a, b" },
        { "A required one that is disabled removes nothing", "a; b required off", "a, p/shared" },
        { "A required one for another model removes nothing", "a; b required models=openai/gpt-4o", "a, p/shared" },
        { "A required one for another key removes nothing", "a; b required keys=other", "a, p/shared" },
        { "A required one for another member removes nothing", "a; b required users=them", "a, p/shared" },
        // … or any enabled credential of the provider is BYOK-only.
        { "A BYOK-only one removes shared capacity", "a; b order=1 byokonly", "a, b" },
        { "Also when it is not eligible", "a; b byokonly models=openai/gpt-4o", "a" },
        { "Also when it is for another key", "a; b byokonly keys=other; c fallback", "a, c" },
        { "Not when it is disabled", "a; b byokonly off", "a, p/shared" },
        { "So nothing may be left", "a byokonly models=openai/gpt-4o", "" },
        // Credentials of the request's workspace and global ones take part.
        { "Own workspace and global", "a in=w1; b in=w2 order=1; c order=2", "a, c, p/shared" },
        { "A required one of another workspace removes nothing", "a in=w1; b in=w2 required", "a, p/shared" },
        { "A BYOK-only one of another workspace removes nothing", "a in=w1; b in=w2 byokonly", "a, p/shared" },
        { "A global BYOK-only one removes it", "a in=w1; b byokonly models=x", "a" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void One_provider(string sentence, string credentials, string route)
    {
        Assert.NotEmpty(sentence);

        var plan = RoutePlanner.Plan(Keys(credentials), Request with { Providers = ["p"] });

        Assert.Equal(route, Text(plan));
    }

    /// <summary>
    /// Providers with BYOK credentials are tried before shared capacity of any provider, whatever the order.
    /// </summary>
    [Theory]
    [InlineData("Own before shared of any", "a of=p; b of=q; c of=q fallback", "a, b, p/shared, q/shared, shared, c")]
    [InlineData(
        "Each provider has its own order", "a of=q order=0; b of=p order=7", "b, a, p/shared, q/shared, shared")]
    [InlineData("Required speaks for its provider only", "a of=p required; b of=q", "a, b, q/shared, shared")]
    [InlineData("BYOK-only speaks for its provider only", "a of=p byokonly models=x; b of=q", "b, q/shared, shared")]
    [InlineData("A provider is a slug, slash and all", "a of=p; b of=p/2 required", "a, b, p/shared, shared")]
    [InlineData("Without credentials there is shared capacity", "", "shared")]
    public void All_providers(string sentence, string credentials, string route)
    {
        Assert.NotEmpty(sentence);

        Assert.Equal(route, Text(RoutePlanner.Plan(Keys(credentials), Request)));
    }

    [Fact]
    public void The_request_names_its_providers_and_their_order()
    {
        var plan = RoutePlanner.Plan(Keys("a of=p; b of=q; c of=r"), Request with { Providers = ["q", "p", "s"] });

        Assert.Equal("b, a, q/shared, p/shared, s/shared", Text(plan));
        Assert.Equal("c: OtherProvider", Excluded(plan));
    }

    [Fact]
    public void A_provider_that_does_not_serve_the_model_is_out()
    {
        var serves = new Dictionary<string, bool> { ["p"] = true, ["q"] = false };

        var plan = RoutePlanner.Plan(Keys("a of=p; b of=q; c of=r"), Request with { Serves = serves });

        Assert.Equal("a, c, p/shared, r/shared, shared", Text(plan));
        Assert.Equal("b: ModelNotServed", Excluded(plan));
        Assert.Equal(["c", "r/shared"], plan.Steps.Where(static step => step.IsModelSupportUnknown).Select(Name));
    }

    [Fact]
    public void Whoever_names_a_provider_says_that_it_serves_the_model() =>
        Assert.DoesNotContain(
            RoutePlanner.Plan(Keys("a"), Request with { Providers = ["p"] }).Steps,
            static step => step.IsModelSupportUnknown);

    [Theory]
    [InlineData("a in=w2 off models=x keys=other users=them", "OtherWorkspace")]
    [InlineData("a off models=x keys=other users=them", "Disabled")]
    [InlineData("a models=x keys=other users=them", "ModelNotAllowed")]
    [InlineData("a keys=other users=them", "ApiKeyNotAllowed")]
    [InlineData("a users=them", "UserNotAllowed")]
    public void Each_excluded_one_has_the_first_reason(string credential, string reason) =>
        Assert.Equal($"a: {reason}", Excluded(RoutePlanner.Plan(Keys(credential), Request with { Providers = ["p"] })));

    [Fact]
    public void Nothing_is_assumed_of_a_caller_who_is_not_told()
    {
        var plan = RoutePlanner.Plan(
            Keys("a keys=caller; b users=me; c; d keys=caller models=x"),
            new RouteRequest(Model) { Providers = ["p"] });

        Assert.Equal("c, p/shared", Text(plan));
        Assert.Equal("a: ApiKeyUnknown, b: UserUnknown, d: ModelNotAllowed", Excluded(plan));
    }

    [Fact]
    public void Shared_capacity_is_in_doubt_when_a_caller_who_is_not_told_might_remove_it()
    {
        var request = new RouteRequest(Model) { Providers = ["p"] };

        Assert.Equal("b", Perhaps("a; b required keys=caller"));
        Assert.Equal("b", Perhaps("a; b required users=me"));
        Assert.Null(Perhaps("a; b required keys=caller models=x"));
        Assert.Null(Perhaps("a; b keys=caller"));

        string? Perhaps(string credentials) => RoutePlanner.Plan(Keys(credentials), request).Steps
            .Single(static step => step.Key is null).MayBeRemovedBy?.Name;
    }

    [Fact]
    public void Equal_sort_orders_are_said_to_be_tied()
    {
        var plan = RoutePlanner.Plan(
            Keys("a order=1; b order=1; c order=2; d order=2 fallback"), Request with { Providers = ["p"] });

        Assert.Equal(["a", "b"], plan.Steps.Where(static step => step.IsTied).Select(Name));
    }

    [Fact]
    public void What_removed_shared_capacity_is_named()
    {
        var removed = Assert.Single(
            RoutePlanner.Plan(Keys("a; b order=1 required; c order=2 byokonly"), Request).RemovedShared);

        Assert.Equal("b", removed.RemovedBy.Name);
    }

    private static RouteRequest Request => new(Model) { ApiKeyHash = "caller", UserId = "me", WorkspaceId = "w1" };

    private static string Text(Route plan) => string.Join(", ", plan.Steps.Select(Name));

    private static string Name(RouteStep step) =>
        step.Key?.Name ?? (step.Provider is null ? "shared" : step.Provider + "/shared");

    private static string Excluded(Route plan) =>
        string.Join(", ", plan.Excluded.Select(static one => $"{one.Key.Name}: {one.Eligibility}"));

    private static IEnumerable<ByokKey> Keys(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Key);

    private static ByokKey Key(string text)
    {
        var words = text.Split(' ');
        return new ByokKey
        {
            Id = words[0],
            Name = words[0],
            Provider = Value("of") ?? "p",
            WorkspaceId = Value("in"),
            SortOrder = int.Parse(Value("order") ?? "0", null),
            Disabled = words.Contains("off"),
            IsFallback = words.Contains("fallback"),
            IsRequired = words.Contains("required"),
            IsByokOnly = words.Contains("byokonly"),
            AllowedModels = List("models"),
            AllowedApiKeyHashes = List("keys"),
            AllowedUserIds = List("users"),
        };

        string? Value(string name) =>
            Array.Find(words, word => word.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

        AllowList? List(string name) =>
            Value(name) is { } entries
                ? new AllowList(entries.Split('+', StringSplitOptions.RemoveEmptyEntries))
                : null;
    }
}
