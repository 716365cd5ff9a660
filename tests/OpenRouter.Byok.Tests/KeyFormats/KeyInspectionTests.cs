using System;
using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.KeyFormats;

/// <summary>What is looked at before a key is sent.</summary>
public sealed class KeyInspectionTests : IClassFixture<ScriptedShell>
{
    private const string Create = "New-OpenRouterByokKey openai $key";

    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public KeyInspectionTests(ScriptedShell scripted)
    {
        (server, shell) = (scripted.Reset().Server, scripted.Shell);
        server.DefaultResponse = Samples.Echo;
    }

    [Theory]
    [InlineData("sk-1\n", "The key begins or ends with a line break.", "(Get-Content key.txt -Raw).Trim()")]
    [InlineData("sk-1\r\n", "The key begins or ends with a line break.", "Get-Content -Raw")]
    [InlineData("\nsk-1", "The key begins or ends with a line break.", "Get-Content -Raw")]
    [InlineData("sk-1 ", "The key begins or ends with a space or a tab.", "Trim")]
    [InlineData("\tsk-1", "The key begins or ends with a space or a tab.", "Trim")]
    [InlineData("   ", "The key begins or ends with a space or a tab.", "Trim")]
    [InlineData("sk-1\u00A0", "The key begins or ends with a space or a tab.", "Trim")]
    [InlineData("\"sk-1\"", "The key is enclosed in quotation marks.", "without the quotation marks")]
    [InlineData("'sk-1'", "The key is enclosed in quotation marks.", "without the quotation marks")]
    [InlineData("\u201Csk-1\u201D", "The key is enclosed in quotation marks.", "without the quotation marks")]
    [InlineData("sk\n1", "contains a line break, another control character, or an invisible", "Copy the key")]
    [InlineData("sk\u001B1", "contains a line break, another control character, or an invisible", "Copy the key")]
    [InlineData("\uFEFFsk-1", "contains a line break, another control character, or an invisible", "Copy the key")]
    public void What_does_not_belong_to_a_plain_key_is_an_error(string key, string message, string advice)
    {
        foreach (var command in new[] { Create, $"Set-OpenRouterByokKey -Id {Samples.Id} -Key $key" })
        {
            var result = shell.Run(command, new { key = Secret.Of(key) });

            var error = result.OnlyError();
            Assert.Same(error, result.Terminating);
            Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
            Assert.Contains(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.DoesNotContain("sk-1", result.Everything, StringComparison.Ordinal);
        }

        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("sk-1")]
    [InlineData("sk 1")]
    [InlineData("s\"k'1`")]
    [InlineData("\"")]
    [InlineData("\"sk-1")]
    [InlineData("clé\U0001F511\\")]
    [InlineData(" \n{\"api_key\":\"k\",\"region\":\"eu\"}\n ")]
    public void Anything_else_is_sent_as_it_is(string key)
    {
        var result = shell.Run(Create, new { key = Secret.Of(key) });

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Equal(key, (string?)Assert.Single(server.Requests).Json["key"]);
    }

    [Fact]
    public void A_wrong_key_of_a_piped_object_is_an_error_of_this_object()
    {
        var result = shell.Run(
            "@{ Provider = 'openai'; Key = $wrong }, @{ Provider = 'openai'; Key = $key } | New-OpenRouterByokKey",
            new { wrong = Secret.Of("sk-1\n"), key = Secret.Of("sk-2") });

        Assert.Single(result.Output);
        Assert.Null(result.Terminating);
        Assert.Equal("The key begins or ends with a line break.", Assert.Single(result.Errors).Exception.Message);
    }

    [Fact]
    public void A_wrong_key_from_the_prompt_is_an_error()
    {
        shell.Host.Screen.Secrets.Enqueue("'sk-1'");

        var error = shell.Run("New-OpenRouterByokKey openai").OnlyError();

        Assert.Equal("The key is enclosed in quotation marks.", error.Exception.Message);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("azure", "k", "The key is plain text, but azure requires a JSON array.")]
    [InlineData("azure", "{\"api_key\":\"k\"}", "The key is JSON, but not an array, which azure")]
    [InlineData("azure", "[{]", "The key begins like JSON but is not valid JSON, so azure may reject it.")]
    [InlineData("google-vertex", "k", "not the service account that google-vertex requires: it is not")]
    [InlineData("google-vertex", "{}", "google-vertex requires: the field type is missing or has no text.")]
    [InlineData("google-vertex", "[]", "google-vertex requires: it is not a JSON object.")]
    [InlineData("google-vertex", "{\"type\":", "google-vertex requires: it is not valid JSON.")]
    [InlineData("amazon-bedrock", "{\"accessKeyId\":\"k\"}", "lacks a field that amazon-bedrock requires: acc")]
    [InlineData("amazon-bedrock", "{k", "so amazon-bedrock may reject it.")]
    [InlineData("openai", "{\"key\":\"k\"}", "lacks a field that openai requires: api_key, region.")]
    [InlineData("openai", "{\"\\ud800\":\"k\"}", "lacks a field that openai requires: api_key, region.")]
    [InlineData("fireworks", "[\"k\"]", "lacks a field that fireworks requires: api_key, region.")]
    [InlineData("anthropic", "{\"api_key\":\"k\"}", "The key is JSON, but the keys of anthropic are plain text.")]
    [InlineData("mistral", " [1]", "The key is JSON, but the keys of mistral are plain text.")]
    [InlineData("Azure", "k", "The key is plain text, but azure requires a JSON array.")]
    public void What_the_keys_of_the_provider_do_not_look_like_is_a_warning(string provider, string key, string warning)
    {
        var result = shell.Run($"New-OpenRouterByokKey {provider} $key", new { key = Secret.Of(key) });

        Assert.Contains(warning, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Single(result.All<ByokKey>());
        Assert.Equal(key, (string?)Assert.Single(server.Requests).Json["key"]);
    }

    [Theory]
    [InlineData("azure", "[]")]
    [InlineData("amazon-bedrock", "k")]
    [InlineData("amazon-bedrock", "{\"accessKeyId\":\"a\",\"secretAccessKey\":\"b\",\"region\":\"c\",\"more\":{}}")]
    [InlineData("claude-on-aws", "{}")]
    [InlineData("openai", "k")]
    [InlineData("fireworks", "{\"region\":\"eu\",\"api_key\":\"k\"}")]
    [InlineData("anthropic", "k")]
    [InlineData("acme-ai", "{\"a\":1}")]
    [InlineData("acme-ai", "{")]
    public void Anything_else_causes_no_warning(string provider, string key) =>
        Assert.Null(OpenRouter.Byok.KeyFormats.KeyInspection.Warning(provider, Secret.Of(key)));

    [Fact]
    public void A_warning_comes_once_in_a_command()
    {
        var result = shell.Run(
            "@{ Provider = 'azure' }, @{ Provider = 'azure' }, @{ Provider = 'google-vertex' } "
            + "| New-OpenRouterByokKey -Key $key",
            new { key = Secret.Of("k") });

        Assert.Equal(3, result.Output.Count);
        Assert.Equal(["azure", "google-vertex"], result.Warnings.Select(static text => text.Split(' ')).Select(
            static words => words.First(static word => word is "azure" or "google-vertex")));
        Assert.Equal(2, result.Warnings.Count);
    }

    [Fact]
    public void A_warning_comes_with_WhatIf_too() => Assert.Single(
        shell.Run("New-OpenRouterByokKey azure $key -WhatIf", new { key = Secret.Of("k") }).Warnings);
}
