using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Byok.Tests.Sandbox;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Routing;

/// <summary>What the module foretells is what the sandbox, whose rules were written on their own, then does.</summary>
public sealed class RouteAgainstSandboxTests
{
    private const string Model = "openai/gpt-5";

    [Theory]
    [InlineData(1, "openai")]
    [InlineData(2, "openai")]
    [InlineData(3, "openai,azure")]
    [InlineData(4, "openai,azure")]
    public async Task Attempts_are_as_foretold(int seed, string providers)
    {
        var random = new Random(seed);
        var slugs = providers.Split(',');
        await using var caller = await SandboxCaller.StartAsync(new() { ShuffleSeed = seed });
        using var shell = ModuleRunspace.ConnectedTo(caller.Server);
        var store = caller.Server.Store;
        foreach (var provider in store.Providers)
        {
            store.SetSharedUpstream(provider.Slug, new SandboxUpstream(503));
        }

        var routes = new HashSet<string>();
        for (var round = 0; round < 25; round++)
        {
            store.ReplaceCredentials(
                [.. Enumerable.Range(1, random.Next(1, 9)).Select(mark => Any(random, mark, slugs))]);

            var foretold = shell.Run(
                "Resolve-OpenRouterByokRoute $model -Provider $slugs -ApiKey $hash -User $user",
                new
                {
                    model = Model,
                    slugs,
                    hash = SampleAccount.Assistant.Hash,
                    user = SampleAccount.Assistant.CreatorUserId,
                })
                .All<ByokRouteStep>()
                .Select(static step => $"{step.Provider} {step.Name ?? "shared"}");

            var route = string.Join(", ", foretold);
            Assert.Equal(await AttemptsAsync(caller, slugs), route);
            routes.Add(route);
        }

        Assert.True(routes.Count > 10, "The routes are hardly different.");
    }

    // All fail, each in its own way, so that every attempt shows.
    private static async Task<string> AttemptsAsync(SandboxCaller caller, string[] slugs)
    {
        var only = string.Join(",", slugs.Select(static slug => $"\"{slug}\""));
        var answered = await caller.ChatAsync($$""","provider":{"only":[{{only}}]}""", Model);
        var attempts = answered.Json["openrouter_metadata"]!["attempts"]?.AsArray() ?? [];
        var names = caller.Server.Store.Providers.ToDictionary(
            static provider => provider.Name, static provider => provider.Slug);
        return string.Join(", ", attempts.Select(attempt => names[(string)attempt!["provider"]!] + " "
            + ((bool)attempt["is_byok"]! ? $"{(int)attempt["status"]! - 400}" : "shared")));
    }

    private static Credential Any(Random random, int mark, string[] slugs)
    {
        var isFallback = random.Next(3) == 0;
        return new Credential
        {
            Id = SeededIds.Of($"route {mark}"),
            Provider = slugs[random.Next(slugs.Length)],
            Name = $"{mark}",
            Label = $"{mark}",
            WorkspaceId = random.Next(5) switch
            {
                0 => SampleAccount.ProductionWorkspaceId,
                1 => null,
                _ => SampleAccount.DefaultWorkspaceId,
            },
            Disabled = random.Next(5) == 0,
            IsFallback = isFallback,
            IsRequired = random.Next(6) == 0,
            IsByokOnly = !isFallback && random.Next(8) == 0,
            AllowedModels = random.Next(4) switch { 0 => [Model], 1 => ["openai/gpt-4.1"], _ => null },
            AllowedApiKeyHashes = random.Next(5) switch
            {
                0 => [SampleAccount.Assistant.Hash],
                1 => [SampleAccount.Evaluation.Hash],
                _ => null,
            },
            AllowedUserIds = random.Next(6) switch
            {
                0 => [SampleAccount.Mei.Id],
                1 => [SampleAccount.Mei.Id, SampleAccount.Assistant.CreatorUserId!],
                _ => null,
            },
            SortOrder = random.Next(4),
            CreatedAt = new DateTime(2026, 1, random.Next(1, 4), 0, 0, 0, DateTimeKind.Utc),
            Upstream = new SandboxUpstream(400 + mark),
        };
    }
}
