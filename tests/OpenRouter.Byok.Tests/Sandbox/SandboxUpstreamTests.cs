using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

/// <summary>Credentials that fail on purpose.</summary>
public sealed class SandboxUpstreamTests
{
    private const string OnlyOpenAI = ""","provider":{"only":["openai"],"allow_fallbacks":false}""";

    public static TheoryData<string, int, string> RequestErrors => new()
    {
        { nameof(SandboxUpstream.Revoked), 401, "authentication" },
        { nameof(SandboxUpstream.OutOfQuota), 402, "payment_required" },
        { nameof(SandboxUpstream.Forbidden), 403, "permission_denied" },
        { nameof(SandboxUpstream.TimesOut), 408, "timeout" },
        { nameof(SandboxUpstream.RateLimited), 429, "rate_limit_exceeded" },
    };

    [Theory]
    [MemberData(nameof(RequestErrors))]
    public async Task The_providers_refusal_is_passed_on(string name, int status, string errorType)
    {
        await using var caller = await SandboxCaller.StartAsync();
        await OneCredentialAsync(caller, Named(name) with { Delay = TimeSpan.Zero });

        var answered = await caller.ChatAsync(OnlyOpenAI);

        Assert.Equal("Provider returned error", answered.Error(status));
        var error = answered.Json["error"]!["metadata"]!;
        Assert.Equal((errorType, "OpenAI", true),
            ((string?)error["error_type"], (string?)error["provider_name"], (bool)error["is_byok"]!));
        Assert.NotEmpty((string)JsonNode.Parse((string)error["raw"]!)!["error"]!["message"]!);
        Assert.Equal(SampleAccount.Ada.Id, (string?)answered.Json["user_id"]);
        var metadata = answered.Json["openrouter_metadata"]!;
        Assert.Equal((1, true), ((int)metadata["attempt"]!, (bool)metadata["is_byok"]!));
        Assert.False((bool?)metadata["endpoints"]!["available"]![0]!["selected"]);
        Assert.Equal(status, (int?)Assert.Single(metadata["attempts"]!.AsArray())!["status"]);
    }

    [Fact]
    public async Task A_500_tells_nothing()
    {
        await using var caller = await SandboxCaller.StartAsync();
        await OneCredentialAsync(caller, SandboxUpstream.Failing);

        var answered = await caller.ChatAsync(OnlyOpenAI);

        Assert.Equal("""{"error":{"code":500,"message":"Internal Server Error"}}""", answered.Text);
        Assert.Equal(HttpStatusCode.InternalServerError, answered.Status);
    }

    [Fact]
    public async Task After_a_failure_the_next_one_serves()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var chat = (await caller.ChatAsync(""","provider":{"only":["azure"]}""")).Json;

        Assert.False((bool?)chat["usage"]!["is_byok"]);
        var metadata = chat["openrouter_metadata"]!;
        Assert.Equal((2, false), ((int)metadata["attempt"]!, (bool)metadata["is_byok"]!));
        Assert.Equal([(429, true), (200, false)], metadata["attempts"]!.AsArray().Select(attempt =>
            ((int)attempt!["status"]!, (bool)attempt["is_byok"]!)));
    }

    [Fact]
    public async Task Three_of_the_samples_fail_from_the_start_and_after_a_reset()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var store = caller.Server.Store;
        (string?, int)[] expected = [("East US", 429), ("Research", 403), ("Nightly eval", 401)];

        Assert.Equal(expected, Failing());
        foreach (var credential in store.Credentials)
        {
            Assert.True(store.SetUpstream(credential.Id, SandboxUpstream.Serves));
        }

        Assert.Empty(Failing());
        store.SetSharedUpstream("xai", SandboxUpstream.Revoked);
        Assert.NotEmpty((await caller.ChatAsync(model: "x-ai/grok-4")).Error(401));
        store.Reset();
        Assert.Equal(expected, Failing());
        Assert.Equal(HttpStatusCode.OK, (await caller.ChatAsync(model: "x-ai/grok-4")).Status);
        Assert.False(store.SetUpstream(Guid.Empty, SandboxUpstream.Serves));

        (string?, int)[] Failing() =>
        [
            .. store.Credentials.Where(credential => !credential.Upstream.IsServing)
                .Select(credential => (credential.Name, credential.Upstream.Status)),
        ];
    }

    [Theory]
    [InlineData("sk-proj-0123456789-revoked", 401)]
    [InlineData("sk-proj-0123456789-outofquota", 402)]
    [InlineData("sk-proj-0123456789-forbidden", 403)]
    [InlineData("sk-proj-0123456789-ratelimited\n", 429)]
    [InlineData("sk-proj-0123456789-failing", 500)]
    [InlineData("sk-proj-0123456789-region-eu", 401)]
    [InlineData("""{"api_key":"0123456789-revoked","region":"eu"}""", 401)]
    [InlineData("""{"api_key":"0123456789-region-eu","region":"eu"}""", 200)]
    [InlineData("""{"api_key":"0123456789-region-eu","region":"us"}""", 401)]
    [InlineData("""{"api_key":"0123456789-region-eu"}""", 401)]
    [InlineData("""{"api_key":"0123456789","region":"us-failing"}""", 200)]
    [InlineData("""{"api_key":"\ud800","\ud800":0,"region":"\ud800"}""", 200)]
    [InlineData("""{"api_key":""", 200)]
    [InlineData("sk-proj-revoked-0123456789", 200)]
    [InlineData("sk-proj-0123456789", 200)]
    public async Task A_key_tells_by_its_end_how_it_fails(string key, int status)
    {
        await using var caller = await SandboxCaller.StartAsync();
        caller.Server.Store.ReplaceCredentials([]);

        var body = new JsonObject { ["provider"] = "openai", ["key"] = key, ["is_required"] = true };
        var created = await caller.PostAsync(body.ToJsonString());

        Assert.Equal(status, (int)(await caller.ChatAsync(OnlyOpenAI)).Status);
        Assert.Null(created.Data["upstream"]);
    }

    [Fact]
    public async Task Another_key_mends_it_and_other_changes_do_not()
    {
        await using var caller = await SandboxCaller.StartAsync();
        caller.Server.Store.ReplaceCredentials([]);
        var body = """{"provider":"openai","key":"sk-proj-0123456789-revoked","is_required":true}""";
        var id = (string)(await caller.PostAsync(body)).Data["id"]!;

        await caller.PatchAsync(id, """{"name":"Renamed"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, (await caller.ChatAsync(OnlyOpenAI)).Status);
        await caller.PatchAsync(id, $$"""{"key":"{{SandboxCaller.PlainKey}}"}""");
        Assert.Equal(HttpStatusCode.OK, (await caller.ChatAsync(OnlyOpenAI)).Status);
    }

    [Fact]
    public async Task A_slow_provider_is_waited_for()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var delay = TimeSpan.FromMilliseconds(300);
        await OneCredentialAsync(caller, SandboxUpstream.Slow with { Delay = delay });
        var watch = Stopwatch.StartNew();

        var answered = await caller.ChatAsync(OnlyOpenAI);

        Assert.True((bool?)answered.Json["usage"]!["is_byok"]);
        Assert.True(watch.Elapsed >= delay - TimeSpan.FromMilliseconds(20), $"{watch.Elapsed}");
    }

    private static SandboxUpstream Named(string name) =>
        (SandboxUpstream)typeof(SandboxUpstream).GetField(name)!.GetValue(null)!;

    private static async Task OneCredentialAsync(SandboxCaller caller, SandboxUpstream upstream)
    {
        caller.Server.Store.ReplaceCredentials([]);
        var id = await caller.CreateAsync(""","is_required":true""");
        Assert.True(caller.Server.Store.SetUpstream(Guid.Parse(id), upstream));
    }
}
