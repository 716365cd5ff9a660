using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

public sealed class SandboxListTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(1050)]
    public async Task Pages_cover_every_credential_once(int count)
    {
        await using var caller = await SandboxCaller.StartAsync(new() { KeyCount = count });
        var seen = new List<string>();

        for (var offset = 0; offset == 0 || offset < count; offset += 100)
        {
            var page = await caller.GetAsync($"/byok?offset={offset}&limit=100");
            Assert.Equal(count, (int?)page.Json["total_count"]);
            seen.AddRange(page.Data.AsArray().Select(item => (string)item!["id"]!));
        }

        Assert.Equal(caller.Server.Store.Credentials.Select(credential => credential.Id.ToString()), seen);
        Assert.Equal(count, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_page_holds_50_unless_told_otherwise_and_is_empty_beyond_the_end()
    {
        await using var caller = await SandboxCaller.StartAsync(new() { KeyCount = 60 });

        Assert.Equal(50, (await caller.GetAsync("/byok")).Data.AsArray().Count);
        Assert.Equal(10, (await caller.GetAsync("/byok?offset=50")).Data.AsArray().Count);
        Assert.Empty((await caller.GetAsync("/byok?offset=2147483647")).Data.AsArray());
    }

    [Theory]
    [InlineData("limit=0", "limit must be an integer from 1 to 100")]
    [InlineData("limit=101", "limit must be an integer from 1 to 100")]
    [InlineData("limit=ten", "limit must be an integer from 1 to 100")]
    [InlineData("offset=-1", "offset must be an integer from 0 to 2147483647")]
    [InlineData("offset=1.5", "offset must be an integer from 0 to 2147483647")]
    [InlineData("workspace_id=default", "workspace_id must be a UUID")]
    [InlineData("workspace_id=11111111-2222-3333-4444-555555555555", "workspace_id is not a workspace of this account")]
    [InlineData("provider=OpenAI", "provider must be a lowercase provider slug")]
    [InlineData("provider=", "provider must be a lowercase provider slug")]
    [InlineData("name=x", "Unrecognized query parameter: name")]
    [InlineData("limit=1&limit=2", "Query parameter given more than once: limit")]
    public async Task A_wrong_query_is_refused(string query, string message)
    {
        await using var caller = await SandboxCaller.StartAsync();

        Assert.Equal(message, (await caller.GetAsync("/byok?" + query)).Error(400));
    }

    [Fact]
    public async Task A_list_holds_the_workspace_and_what_is_global()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var store = caller.Server.Store;
        var production = store.Workspaces[1].Id;

        var byDefault = await WorkspacesOf("/byok?limit=100");
        var ofProduction = await WorkspacesOf($"/byok?limit=100&workspace_id={production}");

        Assert.Equal([store.DefaultWorkspaceId.ToString(), null], byDefault);
        Assert.Equal([production.ToString(), null], ofProduction);

        async Task<HashSet<string?>> WorkspacesOf(string path) =>
            [.. (await caller.GetAsync(path)).Data.AsArray().Select(item => (string?)item!["workspace_id"])
                .OrderByDescending(id => id, StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("anthropic/2")]
    [InlineData("anthropic")]
    [InlineData("nobody-has-this")]
    public async Task A_provider_filter_is_exact(string provider)
    {
        await using var caller = await SandboxCaller.StartAsync();
        var store = caller.Server.Store;
        var expected = store.Credentials.Where(credential => credential.Provider == provider
            && (credential.WorkspaceId is null || credential.WorkspaceId == store.DefaultWorkspaceId));

        var found = await caller.GetAsync("/byok?provider=" + Uri.EscapeDataString(provider));

        Assert.Equal(
            expected.Select(credential => credential.Id.ToString()),
            found.Data.AsArray().Select(item => (string?)item!["id"]));
    }

    [Fact]
    public async Task A_list_shows_what_was_just_written()
    {
        await using var caller = await SandboxCaller.StartAsync(new() { KeyCount = 3 });
        await caller.GetAsync("/byok");

        var id = await caller.CreateAsync();
        Assert.Contains(id, (await caller.GetAsync("/byok")).Text, StringComparison.Ordinal);
        await caller.PatchAsync(id, """{"name":"Renamed"}""");
        Assert.Contains("Renamed", (await caller.GetAsync("/byok")).Text, StringComparison.Ordinal);
        await caller.SendAsync("DELETE", "/byok/" + id);
        Assert.DoesNotContain(id, (await caller.GetAsync("/byok")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_ordered_by_provider_then_by_order_of_trial()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var listed = (await caller.GetAsync("/byok?limit=100")).Data.AsArray()
            .Select(item => ((string)item!["provider"]!, (int)item["sort_order"]!)).ToList();

        Assert.Equal(listed.OrderBy(item => item.Item1, StringComparer.Ordinal).ThenBy(item => item.Item2), listed);
    }

    [Fact]
    public async Task A_shuffled_list_has_one_order_that_pages_and_changes_keep()
    {
        await using var caller = await SandboxCaller.StartAsync(new() { KeyCount = 40, ShuffleSeed = 1 });
        await using var other = await SandboxCaller.StartAsync(new() { KeyCount = 40, ShuffleSeed = 2 });

        var whole = await IdsOf(caller, "/byok?limit=100");
        List<string?> paged = [];
        for (var offset = 0; offset < whole.Count; offset += 7)
        {
            paged.AddRange(await IdsOf(caller, $"/byok?offset={offset}&limit=7"));
        }

        var added = await caller.CreateAsync();
        await caller.SendAsync("DELETE", "/byok/" + whole[3]);
        var changed = await IdsOf(caller, "/byok?limit=100");

        Assert.Equal(whole, paged);
        Assert.Equal(whole.Where(id => id != whole[3]), changed.Where(id => id != added));
        Assert.NotEqual(whole, await IdsOf(other, "/byok?limit=100"));
        Assert.Equal(whole.Order(), (await IdsOf(other, "/byok?limit=100")).Order());

        static async Task<List<string?>> IdsOf(SandboxCaller from, string path) =>
            [.. (await from.GetAsync(path)).Data.AsArray().Select(static item => (string?)item!["id"])];
    }

    [Fact]
    public async Task A_shuffled_list_helps_nobody()
    {
        await using var caller = await SandboxCaller.StartAsync(new() { ShuffleSeed = 1 });

        var listed = (await caller.GetAsync("/byok?limit=100")).Data.AsArray();
        var providers = listed.Select(static item => (string)item!["provider"]!).ToList();
        var openAI = listed.Where(static item => (string)item!["provider"]! == "openai")
            .Select(static item => (int)item!["sort_order"]!).ToList();

        Assert.True(
            providers.Zip(providers.Skip(1)).Count(static pair => pair.First != pair.Second)
                > providers.Distinct().Count(),
            "The providers hardly alternate.");
        Assert.NotEqual(openAI.Order(), openAI);
    }

    [Fact]
    public async Task The_sample_is_worth_looking_at_and_keeps_the_rules()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var store = caller.Server.Store;
        var all = store.Credentials;
        Predicate<Credential>[] shown =
        [
            credential => credential.WorkspaceId is null,
            credential => credential.Disabled,
            credential => credential.IsFallback,
            credential => credential.IsRequired,
            credential => credential.IsByokOnly,
            credential => credential.DeclaredZdr is true,
            credential => credential.DeclaredRegion == "europe",
            credential => credential.Name is null,
            credential => credential.AllowedModels is { Count: 3 },
            credential => credential.AllowedApiKeyHashes is { Count: 2 },
            credential => credential.AllowedUserIds is { Count: 1 },
        ];

        Assert.InRange(all.Count, 20, 30);
        Assert.Equal(7, all.Select(credential => credential.Provider).Distinct().Count());
        Assert.All(shown, property => Assert.Contains(all, property));
        Assert.DoesNotContain(all, credential => credential is { IsByokOnly: true, IsFallback: true });
        foreach (var hash in all.SelectMany(credential => credential.AllowedApiKeyHashes ?? []))
        {
            Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/keys/" + hash)).Status);
        }

        Assert.Equal(
            [SampleAccount.FormerMember.Id],
            all.SelectMany(credential => credential.AllowedUserIds ?? [])
                .Except(store.Members.Select(member => member.Id)));
    }
}
