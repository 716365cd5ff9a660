using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

public sealed class SandboxSecretTests
{
    [Theory]
    [InlineData("sk-proj-0123456789-AbCd", "sk-...AbCd")]
    [InlineData("0123456789", "012...6789")]
    [InlineData("123456789", "...89")]
    [InlineData("123456", "...56")]
    [InlineData("12345", "...")]
    [InlineData("k", "...")]
    [InlineData("{\n  \"type\": \"x\"\n}\n", "{\"t...\"x\"}")]
    [InlineData("pässword-of-länge", "p*s...*nge")]
    public async Task A_label_shows_little_of_a_key(string key, string label)
    {
        await using var caller = await SandboxCaller.StartAsync();
        var body = new JsonObject { ["provider"] = "acme-ai", ["key"] = key };

        Assert.Equal(label, (string?)(await caller.PostAsync(body.ToJsonString())).Data["label"]);
    }

    [Fact]
    public async Task No_credential_holds_a_raw_key()
    {
        await using var caller = await SandboxCaller.StartAsync();
        const string Replacement = "sk-proj-the-one-that-replaces-it";
        var id = await caller.CreateAsync();
        await caller.PatchAsync(id, $$"""{"key":"{{Replacement}}"}""");

        var stored = JsonSerializer.Serialize(caller.Server.Store.Credentials);
        var answered = (await caller.GetAsync("/byok/" + id)).Text;

        Assert.DoesNotContain(SandboxCaller.PlainKey[7..], stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Replacement[7..], stored + answered, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai", "eu", "europe")]
    [InlineData("fireworks", "us", "us")]
    [InlineData("acme-ai", "eu", null)]
    public async Task A_regional_key_declares_its_region(string provider, string region, string? declared)
    {
        await using var caller = await SandboxCaller.StartAsync();
        var key = new JsonObject { ["api_key"] = SandboxCaller.PlainKey, ["region"] = region };
        var body = new JsonObject { ["provider"] = provider, ["key"] = key.ToJsonString() };

        Assert.Equal(declared, (string?)(await caller.PostAsync(body.ToJsonString())).Data["declared_region"]);
    }

    [Fact]
    public async Task Requests_are_kept_as_they_came_and_not_for_ever()
    {
        await using var caller = await SandboxCaller.StartAsync();
        await caller.SendAsync("GET", "/byok/a%2Fb%20c?x=%C3%A9");
        await caller.PostAsync("""{"provider":"openai"}""");

        var requests = caller.Server.Requests;

        Assert.Equal(["GET", "POST"], requests.Select(request => request.Method));
        Assert.Equal("/api/v1/byok/a%2Fb%20c?x=%C3%A9", requests[0].PathAndQuery);
        Assert.Equal("""{"provider":"openai"}""", requests[1].Body);
        Assert.Equal("Bearer " + caller.Server.ManagementKey, requests[1].Headers["authorization"]);
        caller.Server.ClearRequests();
        Assert.Empty(caller.Server.Requests);

        var log = new RequestLog();
        foreach (var index in Enumerable.Range(0, RequestLog.Capacity + 1))
        {
            log.Add(requests[0] with { Body = $"{index}" });
        }

        Assert.Equal(RequestLog.Capacity, log.Snapshot().Count);
        Assert.Equal("1", log.Snapshot()[0].Body);
    }

    [Fact]
    public async Task A_body_without_end_is_not_read_to_the_end()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var answered = await caller.PostAsync(new string(' ', 1024 * 1024 + 1));

        Assert.NotEmpty(answered.Error(413));
    }

    [Fact]
    public async Task Every_start_has_its_own_management_key()
    {
        await using var first = await SandboxCaller.StartAsync();
        await using var second = await SandboxCaller.StartAsync();
        await using var named = await SandboxCaller.StartAsync(new() { ManagementKey = "sk-or-v1-mine" });

        Assert.Matches("^sk-or-v1-[0-9a-f]{64}$", first.Server.ManagementKey);
        Assert.NotEqual(first.Server.ManagementKey, second.Server.ManagementKey);
        Assert.Equal("sk-or-v1-mine", named.Server.ManagementKey);
        Assert.True((bool?)(await named.GetAsync("/key")).Data["is_management_key"]);
    }

    [Fact]
    public async Task Ids_are_the_same_in_every_run_and_after_a_reset()
    {
        await using var first = await SandboxCaller.StartAsync();
        await using var second = await SandboxCaller.StartAsync();

        var id = await first.CreateAsync();
        Assert.Equal(id, await second.CreateAsync());
        first.Server.Store.Reset();
        Assert.Equal(24, first.Server.Store.Credentials.Count);
        Assert.Equal(id, await first.CreateAsync());
    }
}
