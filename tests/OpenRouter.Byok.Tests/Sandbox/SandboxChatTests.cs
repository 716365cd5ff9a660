using System;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

/// <summary>What <c>/chat/completions</c> answers, and what it refuses before anything is routed.</summary>
public sealed class SandboxChatTests
{
    [Fact]
    public async Task An_answer_tells_who_served_and_what_it_cost()
    {
        await using var caller = await SandboxCaller.StartAsync(new() { Clock = new FixedTimeProvider() });

        var answered = await caller.ChatAsync(""","max_tokens":1""");

        Assert.Equal(HttpStatusCode.OK, answered.Status);
        var chat = answered.Json;
        Assert.StartsWith("gen-1772539200-", (string?)chat["id"], StringComparison.Ordinal);
        Assert.Equal((string?)chat["id"], answered.Headers.GetValues("X-Generation-Id").Single());
        Assert.Equal(("chat.completion", 1772539200), ((string?)chat["object"], (long)chat["created"]!));
        Assert.Equal(("openai/gpt-5-mini", "OpenAI"), ((string?)chat["model"], (string?)chat["provider"]));
        var choice = Assert.Single(chat["choices"]!.AsArray())!;
        Assert.Equal(("assistant", "Hello", "length"),
            ((string?)choice["message"]!["role"], (string?)choice["message"]!["content"],
            (string?)choice["finish_reason"]));
        Assert.Equal(
            """
            {"prompt_tokens":5,"completion_tokens":1,"total_tokens":6,"cost":0.0000001625,"is_byok":true,
            "cost_details":{"upstream_inference_cost":0.00000325,"upstream_inference_prompt_cost":0.00000125,
            "upstream_inference_completions_cost":0.000002}}
            """.ReplaceLineEndings(""),
            chat["usage"]!.ToJsonString());
        Assert.NotEqual((string?)chat["id"], (string?)(await caller.ChatAsync()).Json["id"]);
    }

    [Fact]
    public async Task Shared_capacity_costs_what_the_provider_charges()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var usage = (await caller.ChatAsync(model: "x-ai/grok-4")).Json["usage"]!;

        Assert.False((bool?)usage["is_byok"]);
        Assert.True((decimal)usage["cost"]! > 0);
        Assert.Equal((decimal)usage["cost"]!, (decimal)usage["cost_details"]!["upstream_inference_cost"]!);
    }

    [Fact]
    public async Task Metadata_tells_what_the_router_did()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var metadata = (await caller.ChatAsync(""","provider":{"only":["openai"]}""")).Json["openrouter_metadata"]!;

        Assert.Equal(
            """
            {"requested":"openai/gpt-5-mini","strategy":"direct","region":null,
            "summary":"available=1, selected=OpenAI","attempt":1,"is_byok":true,
            "endpoints":{"total":2,"available":[
            {"provider":"OpenAI","model":"openai/gpt-5-mini","selected":true}]},
            "attempts":[{"provider":"OpenAI","model":"openai/gpt-5-mini","is_byok":true,"status":200}]}
            """.ReplaceLineEndings(""),
            metadata.ToJsonString());
    }

    [Theory]
    [InlineData("Enabled", true)]
    [InlineData("disabled", false)]
    [InlineData("1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public async Task Metadata_is_for_those_who_ask(string? header, bool isTold)
    {
        await using var caller = await SandboxCaller.StartAsync();

        var served = await caller.ChatAsync(metadata: header);
        var refused = await caller.ChatAsync(""","provider":{"only":["nobody"]}""", metadata: header);

        Assert.Equal(isTold, served.Json.AsObject().ContainsKey("openrouter_metadata"));
        Assert.Equal(isTold, refused.Json.AsObject().ContainsKey("openrouter_metadata"));
    }

    [Fact]
    public async Task Nothing_answered_names_a_credential()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var text = (await caller.ChatAsync(model: "openai/o4-mini")).Text
            + (await caller.ChatAsync(""","provider":{"only":["azure"]}""", key: Key(caller, "Storefront"))).Text;

        Assert.All(caller.Server.Store.Credentials, credential =>
        {
            Assert.DoesNotContain(credential.Id.ToString(), text, StringComparison.Ordinal);
            Assert.DoesNotContain(credential.Label, text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Every_live_key_of_the_account_may_chat_and_no_other()
    {
        await using var caller = await SandboxCaller.StartAsync(new() { Clock = new FixedTimeProvider() });
        var store = caller.Server.Store;
        var evaluation = Key(caller, "Nightly eval");

        foreach (var key in store.ApiKeys.Where(key => !key.Disabled))
        {
            Assert.Equal(HttpStatusCode.OK, (await caller.ChatAsync(key: Key(caller, key.Name))).Status);
        }

        var disabled = Key(caller, "Prototype 2025");
        Assert.Equal("This API key is disabled", (await caller.ChatAsync(key: disabled)).Error(401));
        Assert.Equal("Invalid API key", (await caller.ChatAsync(key: "sk-or-v1-wrong")).Error(401));

        store.ApiKeys = [.. store.ApiKeys.Select(key => key with { ExpiresAt = FixedTimeProvider.Now.UtcDateTime })];
        Assert.Equal("This API key has expired", (await caller.ChatAsync(key: evaluation)).Error(401));
        store.ApiKeys = [];
        Assert.Equal("Invalid API key", (await caller.ChatAsync(key: evaluation)).Error(401));
    }

    [Fact]
    public async Task A_management_key_may_not_chat()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var refused = await caller.ChatAsync(key: caller.Server.ManagementKey);

        Assert.Equal("User not found. A management key cannot be used for inference", refused.Error(401));
        Assert.Null(refused.Json["openrouter_metadata"]);
        var missing = await caller.SendAsync("POST", "/chat/completions", "{}", "application/json", null);
        Assert.Equal("Missing Authentication header", missing.Error(401));
    }

    [Fact]
    public async Task Each_key_is_told_who_it_is()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var itself = (await caller.SendAsync("GET", "/key", null, "", "Bearer " + Key(caller, "Nightly eval"))).Data;

        Assert.Equal(SampleAccount.Evaluation.Label, (string?)itself["label"]);
        Assert.Equal(131.5, (double?)itself["limit_remaining"]);
        Assert.Equal(SampleAccount.Mei.Id, (string?)itself["creator_user_id"]);
    }

    [Theory]
    [InlineData("{}", "No models provided")]
    [InlineData("""{"model":null}""", "No models provided")]
    [InlineData("""{"model":5}""", "model must be a string")]
    [InlineData("""{"model":""}""", "model must not be empty")]
    [InlineData("""{"model":"m"}""", "messages is required")]
    [InlineData("""{"model":"m","messages":[]}""", "messages must be an array of at least one message")]
    [InlineData("""{"model":"m","messages":["Hi"]}""", "messages must hold objects")]
    [InlineData("""{"model":"m","messages":[{}]}""", "role is required")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "m is not a valid model ID")]
    [InlineData("[]", "Request body must be a JSON object")]
    [InlineData("{", "Request body is not valid JSON")]
    public async Task A_body_the_router_cannot_use_is_refused(string body, string message)
    {
        await using var caller = await SandboxCaller.StartAsync();

        var answered = await caller.SendAsync("POST", "/chat/completions", body, "application/json",
            "Bearer " + caller.Server.InferenceKey, "enabled");

        Assert.Equal(message, answered.Error(400));
        Assert.Null(answered.Json["openrouter_metadata"]);
    }

    [Theory]
    [InlineData(""","max_tokens":0""", "max_tokens must be a positive integer")]
    [InlineData(""","max_tokens":1.5""", "max_tokens must be a positive integer")]
    [InlineData(""","stream":true""", "The sandbox does not stream")]
    [InlineData(""","user":7""", "user must be a string")]
    [InlineData(""","provider":"openai" """, "provider must be an object")]
    [InlineData(""","provider":{"only":"openai"}""", "only must be an array of strings")]
    [InlineData(""","provider":{"order":[1]}""", "order[0] must be a string")]
    [InlineData(""","provider":{"allow_fallbacks":"no"}""", "allow_fallbacks must be a boolean")]
    public async Task A_wish_of_the_wrong_type_is_refused(string extraFields, string message)
    {
        await using var caller = await SandboxCaller.StartAsync();

        Assert.Equal(message, (await caller.ChatAsync(extraFields)).Error(400));
    }

    [Fact]
    public async Task What_only_a_model_would_read_is_accepted()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var answered = await caller.ChatAsync(
            ""","max_tokens":null,"temperature":0,"stream":false,"user":"u","provider":{"only":null,"sort":"price"}""");

        Assert.Equal(HttpStatusCode.OK, answered.Status);
        Assert.Equal("stop", (string?)answered.Json["choices"]![0]!["finish_reason"]);
        Assert.NotEmpty((await caller.SendAsync("GET", "/chat/completions")).Error(405));
    }

    private static string Key(SandboxCaller caller, string name) => caller.Server.InferenceKeys[name];
}
