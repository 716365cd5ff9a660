using System;
using System.IO;
using System.Linq;
using OpenRouter.Byok.Tests.Secrets;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.ConfigurationWorld;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>No secret that a configuration refers to gets anywhere but into the body of a request.</summary>
public sealed class ConfigurationLeakTests(ConfigurationWorld shared) : IClassFixture<ConfigurationWorld>
{
    private const string FileMarker = "sk-file-marker-81kQ";
    private const string VaultMarker = "sk-vault-marker-52bW";
    private const string ResolverMarker = "sk-resolver-marker-77xZ";

    private static readonly string[] Markers = [Key, FileMarker, VaultMarker, ResolverMarker];

    private readonly ConfigurationWorld world = shared.Emptied();

    [Theory]
    [InlineData("")]
    [InlineData("-KeyUpdate Always")]
    [InlineData("-KeyUpdate Changed")]
    [InlineData("-WhatIf")]
    public void Secrets_of_every_source_stay_out_of_plans_files_and_streams(string more)
    {
        WriteAll();
        var results = new[]
        {
            Run($"Compare-OpenRouterByokConfiguration {Arguments} -SecretResolver $resolver {PlanOf(more)}"),
            Run($"Sync-OpenRouterByokConfiguration {Arguments} -SecretResolver $resolver {more}"),
            Run($"Sync-OpenRouterByokConfiguration {Arguments} -SecretResolver $resolver {more}"),
            Run($"Export-OpenRouterByokConfiguration {Arguments} -Force -AllWorkspaces"),
        };

        Assert.All(results, static result => Assert.Empty(result.Errors));
        AssertNoMarker(LeakScan.Collect(world.Shell, results) + File.ReadAllText(world.File));
        if (more != "-WhatIf")
        {
            Assert.All(Markers, marker => Assert.Contains(
                world.Writes, request => request.Body.Contains(marker, StringComparison.Ordinal)));
        }

        static string PlanOf(string more) => more == "-WhatIf" ? "" : more;
    }

    [Fact]
    public void Secrets_stay_out_of_errors_when_the_server_repeats_them()
    {
        WriteAll();
        world.Server.Intercept = async context =>
        {
            if (context.Request.Method != "POST")
            {
                return false;
            }

            using var body = new StreamReader(context.Request.Body);
            var text = await body.ReadToEndAsync(TestContext.Current.CancellationToken);
            context.Response.StatusCode = 400;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                context.Response,
                "{\"error\":{\"code\":400,\"message\":"
                + System.Text.Json.JsonSerializer.Serialize("Bad " + text) + "}}",
                TestContext.Current.CancellationToken);
            return true;
        };

        var result = Run($"Sync-OpenRouterByokConfiguration {Arguments} -SecretResolver $resolver");

        Assert.NotNull(result.Terminating);
        AssertNoMarker(LeakScan.Collect(world.Shell, result));
        Assert.All(
            result.Output.Select(static one => (ByokConfigurationChange)one.BaseObject),
            static change => Assert.DoesNotContain(
                Markers, marker => change.Reason?.Contains(marker, StringComparison.Ordinal) is true));
    }

    [Theory]
    [InlineData("{ \"env\": \"OPENROUTER_BYOK_TESTS_NOT_SET\" }", "")]
    [InlineData("{ \"secret\": \"missing\", \"vault\": \"Team\" }", "")]
    [InlineData("{ \"secret\": \"text\", \"vault\": \"Team\" }", "")]
    [InlineData("{ \"file\": \"missing.txt\" }", "")]
    [InlineData("{ \"file\": \"empty.txt\" }", "")]
    [InlineData("{ \"op\": \"x\" }", "-SecretResolver { 'text' }")]
    [InlineData("{ \"op\": \"x\" }", "-SecretResolver { throw 'locked' }")]
    [InlineData("{ \"op\": \"x\" }", "-SecretResolver { }")]
    public void A_secret_that_is_not_there_is_named_and_nothing_is_sent(string key, string more)
    {
        world.WriteText("", "empty.txt");
        world.WriteText(
            $$"""
            { "version": 1, "credentials": [{{Entry("Good")}},
              { "provider": "openai", "name": "Bad", "key": {{key}} } ] }
            """);

        var result = Run($"Sync-OpenRouterByokConfiguration '{world.File}' {more}");

        var error = result.OnlyError();
        Assert.StartsWith("OpenRouterByok.SecretUnavailable", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("openrouter.json:2:", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(world.Writes);
        Assert.Empty(world.Credentials);
    }

    [Fact]
    public void The_scan_finds_what_was_written()
    {
        var result = Run("throw $marker", new { marker = VaultMarker });

        Assert.Contains(VaultMarker, LeakScan.Collect(world.Shell, result), StringComparison.Ordinal);
    }

    private string Arguments => $"'{world.File}' -Verbose -Debug";

    private void WriteAll()
    {
        world.WriteText(FileMarker + "\n", "key.txt");
        world.WriteText($$"""
            {
              "version": 1,
              "credentials": [
                {{Entry("Environment")}},
                { "provider": "openai", "name": "Vault", "key": { "secret": "openai", "vault": "Team" } },
                { "provider": "openai", "name": "File", "key": { "file": "key.txt" } },
                { "provider": "openai", "name": "Resolver", "key": { "op": "op://team/openai" } },
                { "provider": "openai", "name": "Regional",
                  "key": { "api_key": { "env": "{{KeyVariable}}" }, "region": "eu" } },
                { "provider": "azure", "name": "Azure",
                  "key": [{ "resource_name": "east", "resource_type": "openai", "api_key": { "file": "key.txt" } }] },
                { "provider": "amazon-bedrock", "name": "Bedrock", "key": {
                  "accessKeyId": { "secret": "openai", "vault": "Team" },
                  "secretAccessKey": { "op": "op://team/aws" }, "region": "us-east-1" } }
              ]
            }
            """);
    }

    private RunResult Run(string script, object? variables = null)
    {
        world.Shell.Run(
            """
            function global:Get-Secret([string] $Name, [string] $Vault) {
                switch ($Name) {
                    'openai' { $vaultKey }
                    'text' { 'plain' }
                    default { throw "The secret $Name was not found." }
                }
            }
            $global:resolver = { param($reference) $resolverKey }
            """);
        world.Shell.Runspace.SessionStateProxy.SetVariable("vaultKey", Secret.Of(VaultMarker));
        world.Shell.Runspace.SessionStateProxy.SetVariable("resolverKey", Secret.Of(ResolverMarker));
        return world.Run(script, variables);
    }

    private static void AssertNoMarker(string text) =>
        Assert.DoesNotContain(Markers, marker => text.Contains(marker, StringComparison.Ordinal));
}
