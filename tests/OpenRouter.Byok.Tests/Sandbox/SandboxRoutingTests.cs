using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

/// <summary>Each sentence of the routing rules. All fail, each in its own way, so that the route shows.</summary>
public sealed class SandboxRoutingTests
{
    private const string Model = "openai/gpt-5-mini";

    [Fact]
    public async Task Own_credentials_in_sort_order_then_shared_capacity_then_fallbacks_in_sort_order()
    {
        var route = await RouteAsync(
            Key(1) with { SortOrder = 5, IsFallback = true },
            Key(2) with { SortOrder = 3 },
            Key(3) with { SortOrder = 1, IsFallback = true },
            Key(4) with { SortOrder = 2 });

        Assert.Equal("OpenAI 4, OpenAI 2, OpenAI shared, OpenAI 3, OpenAI 1", route);
    }

    [Fact]
    public async Task What_is_eligible_is_not_disabled_and_allowed_by_all_three_lists()
    {
        var key = SampleAccount.Assistant;

        var route = await RouteAsync(
            Key(1) with { Disabled = true },
            Key(2) with { AllowedModels = ["openai/gpt-5"] },
            Key(3) with { AllowedModels = ["openai/gpt-5", Model] },
            Key(4) with { AllowedApiKeyHashes = [SampleAccount.Evaluation.Hash] },
            Key(5) with { AllowedApiKeyHashes = [SampleAccount.Evaluation.Hash, key.Hash] },
            Key(6) with { AllowedUserIds = [SampleAccount.Mei.Id] },
            Key(7) with { AllowedUserIds = [SampleAccount.Mei.Id, key.CreatorUserId!] },
            Key(8) with { AllowedModels = [Model], AllowedUserIds = [SampleAccount.Mei.Id] },
            Key(9) with { AllowedModels = [] });

        Assert.Equal("OpenAI 3, OpenAI 5, OpenAI 7, OpenAI shared", route);
    }

    [Fact]
    public async Task The_member_is_the_creator_of_the_key_not_the_user_of_the_body()
    {
        var route = await RouteAsync(
            $$""","user":"{{SampleAccount.Mei.Id}}","provider":{"only":["openai"]}""", Model,
            Key(1) with { AllowedUserIds = [SampleAccount.Mei.Id] });

        Assert.Equal("OpenAI shared", route);
    }

    [Fact]
    public async Task An_eligible_required_one_removes_shared_capacity()
    {
        Assert.Equal("OpenAI 1, OpenAI 2", await RouteAsync(
            Key(1), Key(2) with { SortOrder = 1, IsRequired = true }));
        Assert.Equal("OpenAI 1, OpenAI 2", await RouteAsync(
            Key(1), Key(2) with { IsFallback = true, IsRequired = true }));
    }

    [Fact]
    public async Task A_required_one_that_is_not_eligible_removes_nothing()
    {
        Assert.Equal("OpenAI 1, OpenAI shared", await RouteAsync(
            Key(1),
            Key(2) with { IsRequired = true, Disabled = true },
            Key(3) with { IsRequired = true, AllowedModels = ["openai/gpt-5"] }));
    }

    [Fact]
    public async Task Any_enabled_byok_only_one_removes_shared_capacity()
    {
        Assert.Equal("OpenAI 1", await RouteAsync(
            Key(1), Key(2) with { IsByokOnly = true, AllowedModels = ["openai/gpt-5"] }));
        Assert.Equal("OpenAI 1, OpenAI shared", await RouteAsync(
            Key(1), Key(2) with { IsByokOnly = true, Disabled = true }));
    }

    [Fact]
    public async Task Those_of_the_keys_workspace_and_global_ones_take_part()
    {
        var other = SampleAccount.ProductionWorkspaceId;

        Assert.Equal("OpenAI 1, OpenAI 2, OpenAI shared", await RouteAsync(
            Key(1), Key(2) with { WorkspaceId = null, SortOrder = 1 }, Key(3) with { WorkspaceId = other }));
        Assert.Equal("OpenAI shared", await RouteAsync(
            Key(3) with { WorkspaceId = other, IsByokOnly = true, IsRequired = true }));
    }

    [Fact]
    public async Task Equal_sort_orders_are_told_apart_by_age()
    {
        Assert.Equal("OpenAI 2, OpenAI 1, OpenAI shared", await RouteAsync(
            Key(1), Key(2) with { WorkspaceId = null, CreatedAt = Key(1).CreatedAt.AddDays(-1) }));
    }

    [Theory]
    [InlineData("", "Azure 2, OpenAI shared, Azure shared, OpenAI 1")]
    [InlineData(""","provider":{"order":["openai"]}""", "Azure 2, OpenAI shared, Azure shared, OpenAI 1")]
    [InlineData(""","provider":{"order":["azure","openai"]}""", "Azure 2, Azure shared, OpenAI shared, OpenAI 1")]
    [InlineData(""","provider":{"order":["openai"],"allow_fallbacks":false}""", "OpenAI shared, OpenAI 1")]
    [InlineData(""","provider":{"only":["openai"],"allow_fallbacks":false}""", "OpenAI shared, OpenAI 1")]
    [InlineData(""","provider":{"only":["OpenAI"]}""", "OpenAI shared, OpenAI 1")]
    [InlineData(""","provider":{"ignore":["openai"]}""", "Azure 2, Azure shared")]
    [InlineData(""","provider":{"allow_fallbacks":false}""", "Azure 2, Azure shared")]
    [InlineData(""","provider":{"only":[]}""", "Azure 2, OpenAI shared, Azure shared, OpenAI 1")]
    public async Task Providers_with_own_credentials_come_first_whatever_the_order(string extraFields, string route)
    {
        Assert.Equal(route, await RouteAsync(
            extraFields, Model, Key(1) with { IsFallback = true }, Key(2) with { Provider = "azure" }));
    }

    [Fact]
    public async Task A_provider_keeps_its_shared_capacity_when_another_loses_it()
    {
        Assert.Equal("OpenAI 1, Azure shared", await RouteAsync("", Model, Key(1) with { IsByokOnly = true }));
    }

    [Fact]
    public async Task A_credential_of_a_provider_that_does_not_serve_the_model_is_never_tried()
    {
        Assert.Equal("xAI shared", await RouteAsync("", "x-ai/grok-4", Key(1), Key(2) with { Provider = "acme-ai" }));
    }

    [Theory]
    [InlineData("groq", Model)]
    [InlineData("acme-ai", Model)]
    [InlineData("openai", "x-ai/grok-4")]
    public async Task A_provider_that_does_not_serve_the_model_is_not_found(string provider, string model)
    {
        await using var caller = await SandboxCaller.StartAsync();

        var answered = await caller.ChatAsync($$""","provider":{"only":["{{provider}}"]}""", model);

        Assert.Equal($"No endpoints found for {model} that this request may use", answered.Error(404));
        var error = answered.Json["error"]!["metadata"]!;
        Assert.Equal("not_found", (string?)error["error_type"]);
        Assert.Equal([provider], error["requested_providers"]!.AsArray().Select(name => (string)name!));
        Assert.Contains(model == Model ? "azure" : "xai",
            error["available_providers"]!.AsArray().Select(name => (string)name!));
        var metadata = answered.Json["openrouter_metadata"]!;
        Assert.Equal((0, false), ((int)metadata["attempt"]!, (bool)metadata["is_byok"]!));
        Assert.NotEmpty(metadata["endpoints"]!["available"]!.AsArray());
        Assert.Null(metadata["attempts"]);
    }

    [Fact]
    public async Task Nothing_eligible_and_nothing_shared_is_not_found()
    {
        await using var caller = await SandboxCaller.StartAsync();
        caller.Server.Store.ReplaceCredentials(
            [Key(1) with { IsByokOnly = true, AllowedModels = ["openai/gpt-5"] }]);

        var answered = await caller.ChatAsync(""","provider":{"only":["openai"]}""");

        Assert.StartsWith("No endpoints found for ", answered.Error(404), StringComparison.Ordinal);
    }

    private static Credential Key(int mark) => new()
    {
        Id = SeededIds.Of($"mark {mark}"),
        Provider = "openai",
        Label = $"{mark}",
        WorkspaceId = SampleAccount.DefaultWorkspaceId,
        CreatedAt = new DateTime(2026, 1, mark, 0, 0, 0, DateTimeKind.Utc),
        Upstream = new SandboxUpstream(400 + mark),
    };

    private static Task<string> RouteAsync(params Credential[] credentials) =>
        RouteAsync(""","provider":{"only":["openai"]}""", Model, credentials);

    private static async Task<string> RouteAsync(
        string extraFields, string model, params IReadOnlyList<Credential> credentials)
    {
        await using var caller = await SandboxCaller.StartAsync();
        var store = caller.Server.Store;
        store.ReplaceCredentials(credentials);
        foreach (var provider in store.Providers)
        {
            store.SetSharedUpstream(provider.Slug, new SandboxUpstream(503));
        }

        var attempts = (await caller.ChatAsync(extraFields, model)).Json["openrouter_metadata"]!["attempts"]!.AsArray();
        return string.Join(", ", attempts.Select(attempt => (string?)attempt!["provider"] + " "
            + ((bool)attempt["is_byok"]! ? $"{(int)attempt["status"]! - 400}" : "shared")));
    }
}
