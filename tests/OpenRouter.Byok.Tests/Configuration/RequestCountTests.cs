using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>How many requests it takes to find out that there is nothing to do.</summary>
public sealed class RequestCountTests(ConfigurationWorld shared) : IClassFixture<ConfigurationWorld>
{
    private const int Count = 20;

    private readonly ConfigurationWorld world = shared.Emptied();

    [Fact]
    public void Without_names_it_is_those_of_a_listing()
    {
        var entries = Seed(SampleAccount.DefaultWorkspaceId, names: 0);
        var listing = RequestsOf("Get-OpenRouterByokKey");
        world.Write(entries);

        Assert.NotEmpty(listing);
        Assert.Equal(listing, RequestsOf(Sync));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Count)]
    public void With_names_it_is_one_more_for_each_list_that_they_are_looked_up_in(int names)
    {
        world.Write(Seed(SampleAccount.ProductionWorkspaceId, names, "Production"));

        Assert.Equal(["byok", "keys", "organization/members", "workspaces"], ListsOf(RequestsOf(Sync)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Count)]
    public void A_name_of_another_workspace_is_looked_up_in_each_workspace_once(int names)
    {
        // The workspace is not named, but those of the account have to be known.
        world.Write(Seed(SampleAccount.DefaultWorkspaceId, names));

        var requests = RequestsOf(Sync);

        Assert.Equal(
            ["byok", "keys", "keys", "keys", "organization/members", "workspaces"], ListsOf(requests));
        Assert.Equal(requests.Count, requests.Distinct().Count());
    }

    [Fact]
    public void Names_that_were_looked_up_a_moment_ago_are_not_looked_up_again()
    {
        world.Write(Seed(SampleAccount.ProductionWorkspaceId, Count, "production"));
        RequestsOf(Sync);

        Assert.Equal(["byok"], ListsOf(RequestsOf(Sync)));
    }

    [Fact]
    public void Unknown_names_are_looked_up_once()
    {
        world.Write(Enumerable.Range(0, Count).Select(static number =>
            $$"""{ "provider": "openai", "name": "Number {{number}}", "allowedUsers": ["Nobody {{number}}"] }"""));
        world.Server.ClearRequests();

        var failure = world.Run(Sync).OnlyError();

        Assert.Contains("Nobody 19", failure.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["byok", "organization/members"], ListsOf(Sent()));
    }

    [Fact]
    public void A_change_takes_one_more()
    {
        var entries = Seed(SampleAccount.DefaultWorkspaceId, names: 0);
        world.Write(entries.Take(Count - 1).Append(entries[^1].Replace("false", "true", StringComparison.Ordinal)));
        world.Server.ClearRequests();

        Assert.Single(world.Run(Sync).All<ByokConfigurationChange>());

        Assert.Equal(2, Sent().Count);
        Assert.Single(world.Writes);
    }

    private string Sync => $"Sync-OpenRouterByokConfiguration '{world.File}'";

    // The entries that match the credentials, some of which allow people and API keys by name.
    private List<string> Seed(Guid workspaceId, int names, string? workspace = null)
    {
        Credential[] credentials =
        [
            .. Enumerable.Range(0, Count).Select(number => new Credential
            {
                Id = Guid.NewGuid(),
                Provider = number % 2 == 0 ? "openai" : "anthropic",
                Name = $"Number {number}",
                Label = "sk-...0000",
                WorkspaceId = workspaceId,
                AllowedApiKeyHashes = number < names ? [ApiKey(number).Hash] : null,
                AllowedUserIds = number < names ? [Person(number).Id] : null,
                SortOrder = number,
                CreatedAt = DateTime.UnixEpoch,
            }),
        ];
        world.Server.Store.ReplaceCredentials(credentials);
        return [.. credentials.Select((credential, number) => EntryOf(credential, number < names ? number : null))];

        string EntryOf(Credential credential, int? named)
        {
            var place = workspace is null ? "" : $"\"workspace\": \"{workspace}\", ";
            var lists = named is { } number
                ? $"\"allowedApiKeys\": [\"{ApiKey(number).Name}\"], \"allowedUsers\": [\"{Person(number).Email}\"], "
                : "";
            return $$"""
                { "provider": "{{credential.Provider}}", {{place}}{{lists}}"name": "{{credential.Name}}",
                  "isRequired": false }
                """;
        }
    }

    private static ApiKey ApiKey(int number) =>
        number % 2 == 0 ? SampleAccount.Storefront : SampleAccount.Support;

    private static Member Person(int number) => SampleAccount.Members[number % SampleAccount.Members.Count];

    private List<string> RequestsOf(string script)
    {
        world.Server.ClearRequests();
        var result = world.Run(script);
        Assert.Empty(result.Errors);
        Assert.DoesNotContain(result.Output, static one => one.BaseObject is ByokConfigurationChange);
        return Sent();
    }

    private List<string> Sent() => [.. world.Server.Requests.Select(static one => one.PathAndQuery)];

    private static IEnumerable<string> ListsOf(IEnumerable<string> requests) => requests
        .Select(static request => request.Split('?')[0].Replace("/api/v1/", "", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
