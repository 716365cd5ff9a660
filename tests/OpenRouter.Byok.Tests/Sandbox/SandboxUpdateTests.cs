using System;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

/// <summary>Absent, null and value are three different things.</summary>
public sealed class SandboxUpdateTests
{
    private const string Restricted =
        """
        ,"name":"Before","declared_zdr":true,"declared_region":"europe",
        "allowed_models":["a/b"],"allowed_user_ids":["u"]
        """;

    [Fact]
    public async Task Absent_leaves_everything_as_it_was()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var id = await caller.CreateAsync(Restricted);
        var before = await caller.GetAsync("/byok/" + id);

        var after = await caller.PatchAsync(id, "{}");

        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.Equal(before.Text, after.Text);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("declared_zdr")]
    [InlineData("declared_region")]
    [InlineData("allowed_models")]
    [InlineData("allowed_user_ids")]
    [InlineData("allowed_api_key_hashes")]
    public async Task Null_clears_one_field_and_no_other(string field)
    {
        await using var caller = await SandboxCaller.StartAsync();
        var hash = caller.Server.Store.ApiKeys[0].Hash;
        var id = await caller.CreateAsync($"{Restricted},\"allowed_api_key_hashes\":[\"{hash}\"]");
        var expected = (await caller.GetAsync("/byok/" + id)).Data.AsObject();
        Assert.NotNull(expected[field]);
        expected[field] = null;

        var after = await caller.PatchAsync(id, $$"""{"{{field}}":null}""");

        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.True(JsonNode.DeepEquals(expected, after.Data), after.Text);
    }

    [Fact]
    public async Task A_value_replaces()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var id = await caller.CreateAsync(Restricted);

        await caller.PatchAsync(id, """{"name":"After","disabled":true,"allowed_models":["c/d","e/f"]}""");
        var after = (await caller.GetAsync("/byok/" + id)).Data;

        Assert.Equal("After", (string?)after["name"]);
        Assert.True((bool?)after["disabled"]);
        Assert.Equal(["c/d", "e/f"], after["allowed_models"]!.AsArray().Select(model => (string?)model));
    }

    [Fact]
    public async Task A_key_is_rotated_in_place()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var id = await caller.CreateAsync(Restricted);
        var before = (await caller.GetAsync("/byok/" + id)).Data;

        var after = (await caller.PatchAsync(id, """{"key":"pk-another-secret-WxYz"}""")).Data;

        Assert.Equal("pk-...WxYz", (string?)after["label"]);
        after["label"] = (string?)before["label"];
        Assert.True(JsonNode.DeepEquals(before, after));
    }

    [Theory]
    [InlineData("""{"provider":"azure"}""", "Unrecognized field: provider")]
    [InlineData("""{"workspace_id":null}""", "Unrecognized field: workspace_id")]
    [InlineData("""{"sort_order":0}""", "Unrecognized field: sort_order")]
    [InlineData("""{"id":"x"}""", "Unrecognized field: id")]
    [InlineData("""{"label":"x"}""", "Unrecognized field: label")]
    [InlineData("""{"key":null}""", "key must be a string")]
    [InlineData("""{"key":""}""", "key must not be empty")]
    [InlineData("""{"name":"changed","colour":"red"}""", "Unrecognized field: colour")]
    public async Task What_cannot_be_changed_is_refused_and_nothing_else_is_changed(string body, string message)
    {
        await using var caller = await SandboxCaller.StartAsync();
        var id = await caller.CreateAsync(Restricted);
        var before = await caller.GetAsync("/byok/" + id);

        Assert.Equal(message, (await caller.PatchAsync(id, body)).Error(400));
        Assert.Equal(before.Text, (await caller.GetAsync("/byok/" + id)).Text);
    }

    [Theory]
    [InlineData("is_fallback", "is_byok_only")]
    [InlineData("is_byok_only", "is_fallback")]
    public async Task Byok_only_and_fallback_exclude_each_other_in_effect(string first, string second)
    {
        await using var caller = await SandboxCaller.StartAsync();
        var id = await caller.CreateAsync($",\"{first}\":true");

        var refused = await caller.PatchAsync(id, $$"""{"{{second}}":true}""");
        var exchanged = await caller.PatchAsync(id, $$"""{"{{second}}":true,"{{first}}":false}""");

        Assert.Equal("is_byok_only cannot be combined with is_fallback", refused.Error(400));
        Assert.Equal(HttpStatusCode.OK, exchanged.Status);
    }

    [Fact]
    public async Task Updates_of_one_credential_at_the_same_time_do_not_undo_each_other()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var id = await caller.CreateAsync();
        string[] changes = ["\"name\":\"n\"", "\"disabled\":true", "\"is_required\":true", "\"declared_zdr\":false"];

        await Task.WhenAll(changes.Select(change => caller.PatchAsync(id, $$"""{{{change}}}""")));

        var after = (await caller.GetAsync("/byok/" + id)).Text;
        Assert.All(changes, change => Assert.Contains(change, after, StringComparison.Ordinal));
    }
}
