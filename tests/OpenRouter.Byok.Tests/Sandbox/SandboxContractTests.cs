using System;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

/// <summary>Every rule of the contract that the server enforces on <c>/byok</c>.</summary>
public sealed class SandboxContractTests
{
    private const string Hash = "f01d52606dc8f0a8303a7b5cc3fa07109c2e346cec7c0a16b40de462992ce943";
    private const string NoSuchId = "11111111-2222-3333-4444-555555555555";

    private static readonly string[] Fields =
    [
        "allowed_api_key_hashes", "allowed_models", "allowed_user_ids", "created_at", "declared_region", "declared_zdr",
        "disabled", "id", "is_byok_only", "is_fallback", "is_required", "label", "name", "provider", "sort_order",
        "workspace_id",
    ];

    [Fact]
    public async Task A_create_answers_every_field()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var created = await caller.PostAsync($$"""{"provider":"new-one/2","key":"{{SandboxCaller.PlainKey}}"}""");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(Fields, created.Data.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.Equal("new-one/2", (string?)created.Data["provider"]);
        Assert.Equal("sk-...AbCd", (string?)created.Data["label"]);
        Assert.Equal(caller.Server.Store.DefaultWorkspaceId.ToString(), (string?)created.Data["workspace_id"]);
        Assert.Equal(0, (int?)created.Data["sort_order"]);
        Assert.EndsWith("Z", (string?)created.Data["created_at"], StringComparison.Ordinal);
        Assert.Null(created.Data["name"]);
        Assert.Null(created.Data["declared_zdr"]);
        Assert.False((bool?)created.Data["is_byok_only"]);
    }

    [Fact]
    public async Task A_create_takes_every_field_of_the_schema()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var hash = caller.Server.Store.ApiKeys[0].Hash;
        var workspace = caller.Server.Store.Workspaces[1].Id;

        var created = await caller.PostAsync(
            $$"""
            {"provider":"azure","key":"12345678901234","name":"N","workspace_id":"{{workspace}}","disabled":true,
            "is_fallback":false,"is_required":true,"is_byok_only":true,"declared_zdr":false,"declared_region":"europe",
            "allowed_models":["a/b"],"allowed_api_key_hashes":["{{hash}}"],"allowed_user_ids":["user_1"]}
            """);

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(workspace.ToString(), (string?)created.Data["workspace_id"]);
        Assert.True((bool?)created.Data["disabled"]);
        Assert.True((bool?)created.Data["is_required"]);
        Assert.True((bool?)created.Data["is_byok_only"]);
        Assert.False((bool?)created.Data["declared_zdr"]);
        Assert.Equal("europe", (string?)created.Data["declared_region"]);
        Assert.Equal(hash, (string?)Assert.Single(created.Data["allowed_api_key_hashes"]!.AsArray()));
    }

    [Fact]
    public async Task A_region_nobody_knows_yet_is_kept()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var created = await caller.PostAsync("""{"provider":"mistral","key":"k","declared_region":"asia"}""");

        Assert.Equal("asia", (string?)created.Data["declared_region"]);
    }

    [Theory]
    [InlineData("""{"key":"k"}""", "provider is required")]
    [InlineData("""{"provider":"openai"}""", "key is required")]
    [InlineData("""{"provider":"openai","key":""}""", "key must not be empty")]
    [InlineData("""{"provider":"openai","key":null}""", "key must be a string")]
    [InlineData("""{"provider":"OpenAI","key":"k"}""", "provider must be a lowercase provider slug")]
    [InlineData("""{"provider":"openai/","key":"k"}""", "provider must be a lowercase provider slug")]
    [InlineData("""{"provider":null,"key":"k"}""", "provider must be a string")]
    [InlineData("""{"provider":"openai","key":"k","colour":1}""", "Unrecognized field: colour")]
    [InlineData("""{"provider":"openai","key":"k","sort_order":1}""", "Unrecognized field: sort_order")]
    [InlineData("""{"provider":"openai","key":"k","Name":"n"}""", "Unrecognized field: Name")]
    [InlineData("""{"provider":"openai","key":"k","workspace_id":"default"}""", "workspace_id must be a UUID")]
    [InlineData("""{"provider":"openai","key":"k","workspace_id":null}""", "workspace_id must be a string")]
    [InlineData("""{"provider":"openai","key":"k","workspace_id":"11111111-2222-3333-4444-555555555555"}""",
        "workspace_id is not a workspace of this account")]
    [InlineData("""{"provider":"openai","key":"k","is_byok_only":true,"is_fallback":true}""",
        "is_byok_only cannot be combined with is_fallback")]
    [InlineData("""{"provider":"mistral","key":"k","declared_region":"europe"}""",
        "declared_region europe is not supported for provider mistral")]
    [InlineData("""{"provider":"openai","key":"k","name":"a","name":"b"}""", "Request body is not valid JSON")]
    [InlineData("""{"provider":"openai","key":"k",}""", "Request body is not valid JSON")]
    [InlineData("", "Request body is not valid JSON")]
    [InlineData("""["openai"]""", "Request body must be a JSON object")]
    public async Task A_create_that_breaks_the_contract_is_refused(string body, string message)
    {
        await using var caller = await SandboxCaller.StartAsync();
        var before = caller.Server.Store.Credentials.Count;

        Assert.Equal(message, (await caller.PostAsync(body)).Error(400));
        Assert.Equal(before, caller.Server.Store.Credentials.Count);
    }

    [Theory]
    [InlineData("\"name\":1", "name must be a string")]
    [InlineData("\"name\":\"\\ud800\"", "name must be valid text")]
    [InlineData("\"disabled\":null", "disabled must be a boolean")]
    [InlineData("\"is_fallback\":\"true\"", "is_fallback must be a boolean")]
    [InlineData("\"is_required\":1", "is_required must be a boolean")]
    [InlineData("\"is_byok_only\":null", "is_byok_only must be a boolean")]
    [InlineData("\"declared_zdr\":\"yes\"", "declared_zdr must be a boolean")]
    [InlineData("\"declared_region\":7", "declared_region must be a string")]
    [InlineData("\"allowed_models\":\"a/b\"", "allowed_models must be an array of strings")]
    [InlineData("\"allowed_models\":[null]", "allowed_models[0] must be a string")]
    [InlineData("\"allowed_user_ids\":[\"u\",2]", "allowed_user_ids[1] must be a string")]
    [InlineData("\"allowed_api_key_hashes\":[]", "allowed_api_key_hashes must contain at least one hash")]
    [InlineData("\"allowed_api_key_hashes\":[\"AB\"]",
        "allowed_api_key_hashes[0] must be 64 lowercase hexadecimal digits")]
    [InlineData("\"allowed_api_key_hashes\":[\"" + Hash + "\"]",
        "allowed_api_key_hashes[0] is not an API key of this account")]
    public async Task A_wrong_value_is_refused_by_create_and_update_alike(string field, string message)
    {
        await using var caller = await SandboxCaller.StartAsync();
        var id = await caller.CreateAsync();

        Assert.Equal(message, (await caller.PostAsync($$"""{"provider":"openai","key":"k",{{field}}}""")).Error(400));
        Assert.Equal(message, (await caller.PatchAsync(id, $$"""{{{field}}}""")).Error(400));
    }

    [Theory]
    [InlineData(255, 201)]
    [InlineData(256, 400)]
    public async Task A_name_has_at_most_255_characters(int length, int status)
    {
        await using var caller = await SandboxCaller.StartAsync();
        var body = new JsonObject { ["provider"] = "openai", ["key"] = "k", ["name"] = new string('é', length) };

        Assert.Equal(status, (int)(await caller.PostAsync(body.ToJsonString())).Status);
    }

    [Theory]
    [InlineData("allowed_models")]
    [InlineData("allowed_user_ids")]
    [InlineData("allowed_api_key_hashes")]
    public async Task A_list_has_at_most_100_entries(string field)
    {
        await using var caller = await SandboxCaller.StartAsync();
        var entry = caller.Server.Store.ApiKeys[0].Hash;
        Task<Answered> Create(int count) => caller.PostAsync(new JsonObject
        {
            ["provider"] = "openai",
            ["key"] = "k",
            [field] = new JsonArray([.. Enumerable.Repeat(entry, count).Select(text => JsonValue.Create(text))]),
        }.ToJsonString());

        Assert.Equal(HttpStatusCode.Created, (await Create(100)).Status);
        Assert.Equal($"{field} must contain at most 100 entries", (await Create(101)).Error(400));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Only_json_is_read(string contentType)
    {
        await using var caller = await SandboxCaller.StartAsync();

        var answered = await caller.SendAsync("POST", "/byok", """{"provider":"openai","key":"k"}""", contentType);

        Assert.Equal("Content-Type must be application/json", answered.Error(400));
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("DELETE", null)]
    [InlineData("PATCH", "{}")]
    public async Task An_id_that_does_not_exist_is_not_found(string method, string? body)
    {
        await using var caller = await SandboxCaller.StartAsync();

        foreach (var id in new[] { NoSuchId, "no-uuid", "%2e%2e%2fkeys" })
        {
            Assert.Equal("Resource not found", (await caller.SendAsync(method, "/byok/" + id, body)).Error(404));
        }
    }

    [Fact]
    public async Task A_deleted_credential_is_gone_and_its_place_is_not_given_again()
    {
        await using var caller = await SandboxCaller.StartAsync(new() { KeyCount = 0 });
        await caller.CreateAsync();
        var second = await caller.CreateAsync();

        var deleted = await caller.SendAsync("DELETE", "/byok/" + second);
        var third = await caller.CreateAsync();

        Assert.Equal("""{"deleted":true}""", deleted.Text);
        Assert.Equal("Resource not found", (await caller.SendAsync("DELETE", "/byok/" + second)).Error(404));
        Assert.Equal(2, (int?)(await caller.GetAsync("/byok/" + third)).Data["sort_order"]);
        Assert.Equal(2, (int?)(await caller.GetAsync("/byok")).Json["total_count"]);
    }

    [Fact]
    public async Task Without_a_default_workspace_it_has_to_be_named()
    {
        await using var caller = await SandboxCaller.StartAsync();
        caller.Server.Store.DeleteDefaultWorkspace();
        var other = caller.Server.Store.Workspaces[0].Id;

        var list = (await caller.GetAsync("/byok")).Error(400);
        var create = (await caller.PostAsync("""{"provider":"openai","key":"k"}""")).Error(400);

        Assert.Contains("workspace_id", list, StringComparison.Ordinal);
        Assert.Equal(list, create);
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync($"/byok?workspace_id={other}")).Status);
    }
}
