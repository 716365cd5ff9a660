using System;
using System.IO;
using System.Linq;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.ConfigurationWorld;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Export-OpenRouterByokConfiguration, and what its files are good for.</summary>
public sealed class ExportTests(ConfigurationWorld shared) : IClassFixture<ConfigurationWorld>
{
    private readonly ConfigurationWorld world = shared.Reset();

    [Fact]
    public void What_was_exported_shows_no_difference_and_sends_nothing()
    {
        Assert.Empty(Export().Errors);
        world.Server.ClearRequests();

        Assert.Empty(world.Compare().All<ByokConfigurationChange>());
        Assert.Empty(world.Sync("-Prune Remove").All<ByokConfigurationChange>());

        Assert.Empty(world.Writes);
        Assert.Equal(22, world.Compare("-IncludeEqual").All<ByokConfigurationChange>().Count);
    }

    [Fact]
    public void Global_credentials_are_left_out_with_a_warning() => Assert.Contains(
        Export().Warnings, static warning => warning.StartsWith("2 global credentials", StringComparison.Ordinal));

    [Fact]
    public void The_same_account_gives_the_same_bytes()
    {
        Export();
        var first = File.ReadAllBytes(world.File);
        Export("-Force");

        Assert.Equal(first, File.ReadAllBytes(world.File));
        Assert.DoesNotContain((byte)'\r', first);
        Assert.Equal((byte)'\n', first[^1]);
    }

    [Fact]
    public void Entries_are_sorted_and_say_names_where_these_lead_back()
    {
        Export();
        var text = File.ReadAllText(world.File);

        Assert.Contains("\"workspace\": \"production\"", text, StringComparison.Ordinal);
        Assert.Contains("\"Storefront\"", text, StringComparison.Ordinal);
        Assert.Contains("\"mei.tanaka@example.com\"", text, StringComparison.Ordinal);
        var places = text.Split('\n').Where(static line => line.Contains("\"workspace\"", StringComparison.Ordinal));
        Assert.Equal(places.Order(StringComparer.Ordinal), places);
    }

    [Fact]
    public void Nothing_is_overwritten_without_force()
    {
        world.WriteText("mine");

        var error = Export().OnlyError();

        Assert.Contains("-Force", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("are kept", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(world.File));
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public void References_to_keys_and_the_scope_are_kept()
    {
        world.WriteText($$"""
            {
              // A comment
              "version": 1,
              "scope": [{ "workspace": "production", "provider": "groq" }],
              "credentials": [
                {{Entry("Team account")}},
                { "provider": "azure", "name": "East US",
                  "key": [{ "resource_name": "r", "api_key": { "secret": "azure", "vault": "Team" } }] },
                {{Entry("Gone")}},
              ],
            }
            """);

        Assert.Empty(Export("-Force").Errors);

        var text = File.ReadAllText(world.File);
        Assert.Contains($"\"env\": \"{KeyVariable}\"", text, StringComparison.Ordinal);
        Assert.Contains("\"vault\": \"Team\"", text, StringComparison.Ordinal);
        Assert.Contains("\"groq\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Gone", text, StringComparison.Ordinal);
        Assert.Empty(world.Compare().All<ByokConfigurationChange>());
    }

    [Fact]
    public void An_old_file_that_cannot_be_read_is_not_replaced()
    {
        world.WriteText("{ \"version\": 1, \"credentials\": [{ \"provider\": 7 }] }");

        var error = Export("-Force").OnlyError();

        Assert.StartsWith(
            "OpenRouterByok.InvalidConfiguration", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("provider must be text", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_from_the_pipeline_are_written_and_text_is_output_without_a_path()
    {
        var text = world.Run("Get-OpenRouterByokKey -Provider azure | Export-OpenRouterByokConfiguration")
            .Only<string>();

        Assert.Contains("East US", text, StringComparison.Ordinal);
        Assert.DoesNotContain("openai\"", text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(world.Folder));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(Export("-WhatIf").Errors);

        Assert.Empty(Directory.GetFiles(world.Folder));
    }

    [Theory]
    [InlineData("openrouter.txt", "must have the extension")]
    [InlineData("missing/openrouter.json", "The folder of")]
    public void Wrong_paths_are_refused_before_the_first_request(string path, string expected)
    {
        var error = world.Run($"Export-OpenRouterByokConfiguration '{Path.Combine(world.Folder, path)}'").OnlyError();

        Assert.Contains(expected, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(world.Server.Requests);
    }

    [Fact]
    public void A_file_is_written_whole_or_not_at_all()
    {
        Export();
        var before = File.ReadAllText(world.File);
        world.Server.Faults = OpenRouter.Sandbox.Server.FaultPlan.Parse("forbidden=0,unavailable=1,retry-after=0");
        world.Run("Connect-OpenRouter $key -BaseUri $uri -SkipCheck -MaximumRetryCount 0", new
        {
            key = Secret.Of(world.Server.ManagementKey),
            uri = world.Server.BaseUri,
        });

        Assert.NotEmpty(Export("-Force").Errors);

        Assert.Equal(before, File.ReadAllText(world.File));
        Assert.Single(Directory.GetFiles(world.Folder));
    }

    private RunResult Export(string more = "") =>
        world.Run($"Export-OpenRouterByokConfiguration '{world.File}' -AllWorkspaces {more}");
}
