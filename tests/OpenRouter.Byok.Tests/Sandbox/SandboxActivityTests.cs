using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

/// <summary>The figures of <c>/activity</c>, and the catalog that their names are looked up in.</summary>
public sealed class SandboxActivityTests
{
    private static readonly string[] Sums =
        ["usage", "byok_usage_inference", "requests", "prompt_tokens", "completion_tokens", "reasoning_tokens"];

    [Fact]
    public async Task Rows_differ_in_everything_that_a_bill_is_grouped_by()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var rows = await RowsAsync(caller, "/activity?group_by=workspace");

        Assert.Equal(30, Distinct("date"));
        Assert.True(Distinct("model") >= 5 && Distinct("provider_name") >= 5);
        Assert.Equal(2, Distinct("workspace_id"));
        Assert.All(Sums, name => Assert.True(Sum(rows, name) > 0, name));
        Assert.Contains(rows, row => Sum([row], "byok_usage_inference") == 0);

        int Distinct(string name) => rows.Select(row => (string?)row[name]).Distinct().Count();
    }

    [Fact]
    public async Task Filters_take_the_figures_apart_without_loss()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var store = caller.Server.Store;
        var whole = await RowsAsync(caller, "/activity");
        var days = whole.Select(row => (string)row["date"]!).Distinct();

        await AssertPartsAsync(store.Workspaces.Select(workspace => $"workspace_id={workspace.Id}"));
        await AssertPartsAsync(store.ApiKeys.Select(key => $"api_key_hash={key.Hash}"), isWhole: false);
        await AssertPartsAsync(store.Members.Select(member => $"user_id={member.Id}"), isWhole: false);
        await AssertPartsAsync(days.Select(day => $"date={day}"));
        await AssertPartsAsync(["group_by=workspace"]);

        async Task AssertPartsAsync(IEnumerable<string> queries, bool isWhole = true)
        {
            List<JsonObject> parts = [];
            foreach (var query in queries)
            {
                parts.AddRange(await RowsAsync(caller, "/activity?" + query));
            }

            // One API key was deleted with the member who made it.
            var gone = SampleActivity.Facts.Where(fact => !isWhole && fact.Key == SampleAccount.Deleted).ToList();
            Assert.Equal(Sum(whole, "requests"), Sum(parts, "requests") + gone.Sum(fact => fact.Requests));
            Assert.Equal(Sum(whole, "usage"), Sum(parts, "usage") + gone.Sum(fact => fact.Usage));
            Assert.Equal(
                Sum(whole, "byok_usage_inference"),
                Sum(parts, "byok_usage_inference") + gone.Sum(fact => fact.ByokUsage));
            Assert.All(Sums, name => Assert.Equal(isWhole, Sum(whole, name) == Sum(parts, name)));
        }
    }

    [Fact]
    public async Task Filters_are_all_applied()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var store = caller.Server.Store;
        var key = store.ApiKeys[0];
        var other = store.Workspaces.First(workspace => workspace.Id != key.WorkspaceId);

        var rows = await RowsAsync(caller,
            $"/activity?api_key_hash={key.Hash}&workspace_id={key.WorkspaceId}&group_by=workspace");

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(key.WorkspaceId.ToString(), (string?)row["workspace_id"]));
        Assert.Empty(await RowsAsync(caller, $"/activity?api_key_hash={key.Hash}&workspace_id={other.Id}"));
        Assert.DoesNotContain(await RowsAsync(caller, "/activity"), row => row.ContainsKey("workspace_id"));
    }

    [Fact]
    public async Task Amounts_are_written_as_decimals_of_at_most_six_places()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var answered = await caller.GetAsync("/activity");

        using var document = JsonDocument.Parse(answered.Text);
        foreach (var row in document.RootElement.GetProperty("data").EnumerateArray())
        {
            foreach (var name in new[] { "usage", "byok_usage_inference" })
            {
                Assert.Matches(new Regex(@"^(0|[1-9]\d*)(\.\d{0,5}[1-9])?$"), row.GetProperty(name).GetRawText());
            }
        }
    }

    [Fact]
    public async Task Every_model_is_found_by_each_of_its_providers_by_slug_and_by_name()
    {
        await using var caller = await SandboxCaller.StartAsync();
        var store = caller.Server.Store;

        foreach (var provider in store.Providers)
        {
            var hosted = store.Models.Where(model => model.Hosts.Contains(provider.Slug)).Select(model => model.Id);
            Assert.Equal(hosted, await ModelsAsync(provider.Slug));
            Assert.Equal(hosted, await ModelsAsync(provider.Name));
        }

        Assert.All(store.Models, model => Assert.Subset(
            store.Providers.Select(provider => provider.Slug).ToHashSet(), model.Hosts.ToHashSet()));
        Assert.Equal(["cohere/command-a", "x-ai/grok-4"], await ModelsAsync("Cohere, xai"));
        Assert.Empty(await ModelsAsync("nobody"));

        async Task<IEnumerable<string?>> ModelsAsync(string providers) =>
            (await caller.GetAsync("/models?providers=" + Uri.EscapeDataString(providers))).Data.AsArray()
                .Select(model => (string?)model!["id"]);
    }

    [Fact]
    public async Task Prices_are_text_and_providers_have_slug_and_name()
    {
        await using var caller = await SandboxCaller.StartAsync();

        var prices = (await caller.GetAsync("/models")).Data.AsArray()
            .SelectMany(model => model!["pricing"]!.AsObject().Select(price => price.Value!));
        var providers = (await caller.GetAsync("/providers")).Data.AsArray();

        Assert.All(prices, price => Assert.Equal(JsonValueKind.String, price.GetValueKind()));
        Assert.All(providers, provider => Assert.NotEmpty((string)provider!["slug"]! + (string)provider["name"]!));
    }

    private static async Task<List<JsonObject>> RowsAsync(SandboxCaller caller, string path) =>
        [.. (await caller.GetAsync(path)).Data.AsArray().Select(row => row!.AsObject())];

    private static decimal Sum(IEnumerable<JsonObject> rows, string name) => rows.Sum(row => (decimal)row[name]!);
}
