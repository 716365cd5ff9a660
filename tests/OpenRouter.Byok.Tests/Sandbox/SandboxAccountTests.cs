using System;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

/// <summary>Authentication, and what an account holds besides credentials.</summary>
public sealed class SandboxAccountTests
{
    private static readonly string[] ManagementPaths =
        ["/byok", "/byok/x", "/keys", "/keys/x", "/workspaces", "/workspaces/x", "/organization/members", "/activity"];

    [Theory]
    [InlineData(null, "Missing Authentication header")]
    [InlineData("Basic dTpw", "Missing Authentication header")]
    [InlineData("Bearer ", "Missing Authentication header")]
    [InlineData("Bearer sk-or-v1-wrong", "Invalid API key")]
    public async Task Without_a_valid_key_there_is_no_answer(string? authorization, string message)
    {
        await using var caller = await SandboxCaller.StartAsync();

        foreach (var path in ManagementPaths.Append("/key"))
        {
            var answered = await caller.SendAsync("GET", path, null, "", authorization);
            Assert.Equal(message, answered.Error(401));
        }
    }

    [Fact]
    public async Task An_inference_key_may_only_ask_who_it_is()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var bearer = "Bearer " + caller.Server.InferenceKey;

        foreach (var path in ManagementPaths)
        {
            var refused = await caller.SendAsync("GET", path, null, "", bearer);
            Assert.Equal("Only management keys can perform this operation", refused.Error(403));
        }

        var itself = (await caller.SendAsync("GET", "/key", null, "", bearer)).Data;
        Assert.False((bool?)itself["is_management_key"]);
        Assert.True((bool?)(await caller.GetAsync("/key")).Data["is_management_key"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_tells_where_it_belongs(bool isPersonal)
    {
        await using var caller = await SandboxCaller.StartAsync(new() { IsPersonalAccount = isPersonal });
        var store = caller.Server.Store;

        foreach (var (name, secret) in caller.Server.InferenceKeys)
        {
            var key = store.ApiKeys.Single(key => key.Name == name);
            if (key.Disabled)
            {
                continue;
            }

            var itself = (await caller.SendAsync("GET", "/key", null, "", "Bearer " + secret)).Data;
            Assert.Equal(key.WorkspaceId.ToString(), (string?)itself["workspace_id"]);
            Assert.Equal(isPersonal, itself["organization_id"] is null);
            Assert.Equal(
                name == "EU batch" ? ["europe"] : ["global", "europe", "us"],
                itself["allowed_data_regions"]!.AsArray().Select(static region => (string?)region));
        }

        var management = (await caller.GetAsync("/key")).Data.AsObject();
        Assert.True(management.ContainsKey("workspace_id"));
        Assert.Null(management["workspace_id"]);
        Assert.Equal(isPersonal, management["organization_id"] is null);
        Assert.Equal(
            (int)management["free_model_daily_requests"]!["limit"]!,
            (int)management["free_model_daily_requests"]!["remaining"]!
                + (int)management["free_model_daily_requests"]!["used"]!);
    }

    [Fact]
    public async Task The_last_workspace_is_for_tests_of_new_keys()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var store = caller.Server.Store;
        var scratch = (await caller.GetAsync("/workspaces/scratch")).Data;
        var id = (string)scratch["id"]!;

        Assert.Equal(["Default", "Production", "Scratch"], store.Workspaces.Select(workspace => workspace.Name));
        Assert.Equal(store.Workspaces[^1].Id.ToString(), id);
        Assert.DoesNotContain(store.Credentials, credential => credential.WorkspaceId.ToString() == id);
        var listed = (await caller.GetAsync($"/keys?workspace_id={id}&include_disabled=true")).Data.AsArray();
        Assert.Equal("Credential tests", (string?)Assert.Single(listed)!["name"]);
        var itself = (await caller.SendAsync("GET", "/key", null, "", "Bearer " + caller.Server.ScratchKey)).Data;
        Assert.Equal(id, (string?)itself["workspace_id"]);
        Assert.Empty((await caller.GetAsync($"/activity?workspace_id={id}")).Data.AsArray());
    }

    [Fact]
    public async Task No_list_answers_an_inference_key()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var ids = caller.Server.Store.Workspaces.Select(static workspace => $"workspace_id={workspace.Id}");

        foreach (var path in ids.SelectMany(static id => new[] { $"/keys?include_disabled=true&{id}", $"/byok?{id}" })
            .Concat(["/key", "/workspaces", "/activity?group_by=workspace"]))
        {
            var answered = await caller.GetAsync(path);
            Assert.NotEmpty(answered.Data.ToJsonString());
            Assert.All(caller.Server.InferenceKeys.Values, secret =>
                Assert.DoesNotContain(secret[16..^4], answered.Text, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/key")]
    [InlineData("/organization/members")]
    [InlineData("/workspaces/production")]
    public async Task The_management_key_is_never_answered(string path)
    {
        await using var caller = await SandboxCaller.StartAsync();

        var answered = await caller.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answered.Status);
        Assert.DoesNotContain(caller.Server.ManagementKey, answered.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/byok/a/b", 404)]
    [InlineData("GET", "/byok/", 404)]
    [InlineData("PUT", "/byok", 405)]
    [InlineData("POST", "/keys", 405)]
    [InlineData("DELETE", "/byok", 405)]
    public async Task An_unknown_path_or_method_is_told_in_json(string method, string path, int status)
    {
        await using var caller = await SandboxCaller.StartAsync();

        Assert.NotEmpty((await caller.SendAsync(method, path)).Error(status));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await caller.SendAsync("HEAD", "/byok")).Status);
    }

    [Fact]
    public async Task Keys_come_in_pages_of_100_without_a_total()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var store = caller.Server.Store;
        store.ApiKeys = [.. Enumerable.Range(0, 130).Select(index => store.ApiKeys[0] with { Hash = $"{index:x64}" })];

        var first = await caller.GetAsync("/keys");

        Assert.Equal(100, first.Data.AsArray().Count);
        Assert.Null(first.Json["total_count"]);
        Assert.Equal(30, (await caller.GetAsync("/keys?offset=100")).Data.AsArray().Count);
        Assert.Equal("Unrecognized query parameter: limit", (await caller.GetAsync("/keys?limit=5")).Error(400));
    }

    [Fact]
    public async Task Keys_are_those_of_a_workspace_and_disabled_ones_come_on_demand()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var production = caller.Server.Store.Workspaces[1].Id;

        Assert.Equal(2, (await caller.GetAsync("/keys")).Data.AsArray().Count);
        Assert.Equal(3, (await caller.GetAsync("/keys?include_disabled=true")).Data.AsArray().Count);
        Assert.Equal(3, (await caller.GetAsync($"/keys?workspace_id={production}")).Data.AsArray().Count);
        Assert.Equal("include_disabled must be true or false",
            (await caller.GetAsync("/keys?include_disabled=1")).Error(400));
    }

    [Fact]
    public async Task A_workspace_is_found_by_id_and_by_slug()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var id = caller.Server.Store.Workspaces[1].Id;

        var bySlug = await caller.GetAsync("/workspaces/production");

        Assert.Equal(bySlug.Text, (await caller.GetAsync($"/workspaces/{id}")).Text);
        Assert.Equal(id.ToString(), (string?)bySlug.Data["id"]);
        Assert.Equal("Resource not found", (await caller.GetAsync("/workspaces/nowhere")).Error(404));
    }

    [Fact]
    public async Task A_personal_account_has_no_members()
    {
        await using var company = await SandboxCaller.StartAsync();
        await using var person = await SandboxCaller.StartAsync(new() { IsPersonalAccount = true });

        Assert.Equal(4, (int?)(await company.GetAsync("/organization/members")).Json["total_count"]);
        Assert.Single((await company.GetAsync("/organization/members?offset=3&limit=1")).Data.AsArray());
        Assert.Equal("Resource not found", (await person.GetAsync("/organization/members")).Error(404));
    }

    [Fact]
    public async Task Models_are_searched_filtered_and_paged()
    {
        await using var caller = await SandboxCaller.StartAsync();

        Assert.Equal(20, (await caller.GetAsync("/models")).Data.AsArray().Count);
        var hosted = await caller.GetAsync("/models?q=claude&providers=Amazon%20Bedrock");
        Assert.Equal(3, (int?)hosted.Json["total_count"]);
        var page = await caller.GetAsync("/models?offset=18&limit=1");
        Assert.Equal("/api/v1/models?offset=19&limit=1", (string?)page.Json["links"]!["next"]);
        Assert.Null((await caller.GetAsync("/models?offset=19&limit=1")).Json["links"]!["next"]);
        Assert.NotEmpty((await caller.GetAsync("/models?limit=1001")).Error(400));
        Assert.Equal(15, (await caller.GetAsync("/providers")).Data.AsArray().Count);
    }

    [Fact]
    public async Task Activity_sums_up_the_same_however_it_is_split()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var workspaces = caller.Server.Store.Workspaces;

        var whole = await SpendAsync("/activity");
        var split = await SpendAsync("/activity?group_by=workspace");
        var parts = await SpendAsync($"/activity?workspace_id={workspaces[0].Id}")
            + await SpendAsync($"/activity?workspace_id={workspaces[1].Id}");

        Assert.True(whole > 0);
        Assert.Equal(whole, split, precision: 6);
        Assert.Equal(whole, parts, precision: 6);

        async Task<double> SpendAsync(string path) =>
            (await caller.GetAsync(path)).Data.AsArray().Sum(item => (double)item!["byok_usage_inference"]!);
    }

    [Fact]
    public async Task Activity_is_that_of_30_completed_days()
    {
        await using var caller = await SandboxCaller.StartAsync(new() { Clock = new FixedTimeProvider() });

        var items = (await caller.GetAsync("/activity")).Data.AsArray();
        var days = items.Select(item => (string)item!["date"]!).ToHashSet();

        Assert.Equal(30, days.Count);
        Assert.Equal(("2026-02-01", "2026-03-02"), (days.Min(), days.Max()));
        Assert.NotEmpty((await caller.GetAsync("/activity?date=2026-03-02")).Data.AsArray());
        Assert.NotEmpty((await caller.GetAsync("/activity?date=2026-03-03")).Error(400));
        Assert.NotEmpty((await caller.GetAsync("/activity?date=yesterday")).Error(400));
        Assert.NotEmpty((await caller.GetAsync("/activity?group_by=day")).Error(400));
        Assert.Equal("Resource not found", (await caller.GetAsync("/activity?user_id=user_nobody")).Error(404));
    }

    [Fact]
    public async Task One_clock_tells_the_date_header_and_the_creation()
    {
        await using var caller = await SandboxCaller.StartAsync(new() { Clock = new FixedTimeProvider() });

        var created = await caller.PostAsync("""{"provider":"openai","key":"k"}""");

        Assert.Equal(FixedTimeProvider.Now, created.Headers.Date);
        Assert.Equal("2026-03-03T12:00:00Z", (string?)created.Data["created_at"]);
        Assert.NotEmpty(created.Headers.GetValues("X-Request-Id"));
    }
}
