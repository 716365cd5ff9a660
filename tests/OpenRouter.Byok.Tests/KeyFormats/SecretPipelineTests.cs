using System;
using System.Linq;
using System.Security;
using Xunit;

namespace OpenRouter.Byok.Tests.KeyFormats;

/// <summary>Secrets that are described by the objects of a pipeline.</summary>
public sealed class SecretPipelineTests : IClassFixture<ScriptedShell>
{
    private const string Url =
        "https://contoso.openai.azure.com/openai/deployments/four-o/chat/completions?api-version=2024-10-21";

    private const string Deployment =
        $$"""{"model_slug":"openai/gpt-4o","endpoint_url":"{{Url}}","api_key":"k-1","model_id":"four-o"}""";

    private readonly ModuleRunspace shell;

    public SecretPipelineTests(ScriptedShell scripted) => shell = scripted.Reset().Shell;

    [Fact]
    public void Resources_and_deployments_become_one_array_at_the_end()
    {
        var made = Run(
            "[pscustomobject]@{ ResourceName = 'one'; ApiKey = $other },"
            + " @{ model_slug = 'openai/gpt-4o'; endpoint_url = $url; model_id = 'four-o'; api_key = $key },"
            + " [pscustomobject]@{ resource_name = 'two'; resource_type = 'openai'; api_key = $key; ModelSlug = ' ' }"
            + " | New-OpenRouterByokSecret").Only<SecureString>();

        Assert.Equal(
            """[{"api_key":"k-2","resource_name":"one"},""" + Deployment
            + """,{"api_key":"k-1","resource_name":"two","resource_type":"openai"}]""",
            made.Reveal());
    }

    // Windows PowerShell pipes a JSON array as one object.
    [Theory]
    [InlineData("[pscustomobject]@{ resource_name = 'a' }, [pscustomobject]@{ resource_name = 'b' }")]
    [InlineData("[pscustomobject]@{ ResourceName = 'a'; Region = '' }, @{ ResourceName = 'b'; ApiKey = $null }")]
    [InlineData("(, @(@{ resource_name = 'a' }, @{ resource_name = 'b' }))")]
    public void Rows_take_what_they_lack_from_the_command_line(string rows)
    {
        var made = Run($"{rows} | New-OpenRouterByokSecret -ApiKey $key -ResourceType openai").Only<SecureString>();

        Assert.Equal(
            """[{"api_key":"k-1","resource_name":"a","resource_type":"openai"},"""
            + """{"api_key":"k-1","resource_name":"b","resource_type":"openai"}]""",
            made.Reveal());
    }

    [Fact]
    public void What_was_typed_comes_before_a_property()
    {
        var made = Run("@{ ResourceName = 'a'; ApiKey = $other } | New-OpenRouterByokSecret -ApiKey $key");

        Assert.Equal("""[{"api_key":"k-1","resource_name":"a"}]""", made.Only<SecureString>().Reveal());
    }

    [Fact]
    public void Each_of_the_other_secrets_comes_by_itself()
    {
        var made = Run(
            "@{ Region = 'us-east-1'; accessKeyId = $key; secretAccessKey = $other },"
            + " @{ Region = 'eu-west-1'; AccessKeyId = $key; SecretAccessKey = $other },"
            + " @{ region = 'x'; api_key = $key; AccessKeyId = $null } | New-OpenRouterByokSecret").All<SecureString>();

        Assert.Equal(
            [
                """{"accessKeyId":"k-1","secretAccessKey":"k-2","region":"us-east-1"}""",
                """{"accessKeyId":"k-1","secretAccessKey":"k-2","region":"eu-west-1"}""",
                """{"api_key":"k-1","region":"x"}""",
            ],
            made.Select(static one => one.Reveal()));
    }

    [Fact]
    public void A_pipeline_that_brings_nothing_makes_nothing() =>
        Run("@() | New-OpenRouterByokSecret -ApiKey $key").IsSilent();

    /// <summary>An array that lacks a deployment would take it out of service when the key is rotated.</summary>
    [Fact]
    public void A_wrong_object_keeps_the_array_back_and_nothing_else()
    {
        var result = Run(
            "@{ ResourceName = 'a'; ApiKey = $key }, @{ ResourceName = 'b.example'; ApiKey = $key },"
            + " @{ ApiKey = $key; Region = 'eu' }, @{ ResourceName = 'c'; ApiKey = 'plain' }"
            + " | New-OpenRouterByokSecret");

        var made = (SecureString)Assert.Single(result.Output).BaseObject;
        Assert.Equal("""{"api_key":"k-1","region":"eu"}""", made.Reveal());
        Assert.Equal(
            [
                "The value of -ResourceName is not the name of a resource",
                "The key was specified as plain text",
                "The secret for azure was not created, because an object before it is not valid",
            ],
            result.Errors.Select(static error => error.Exception.Message.Split('.')[0]));
        Assert.Same(result.Errors[^1], result.Terminating);
    }

    [Theory]
    [InlineData("@{ ResourceName = 'a' }", "-ApiKey is missing.")]
    [InlineData("@{ ModelSlug = 'a/b'; ApiKey = $key }", "-EndpointUrl is missing.")]
    [InlineData("@{ ModelId = 'a'; ApiKey = $key }", "-ModelSlug is missing.")]
    [InlineData("@{ SecretAccessKey = $key; Region = 'x' }", "-AccessKeyId is missing.")]
    [InlineData("@{ AccessKeyId = $key; SecretAccessKey = $key }", "-Region is missing.")]
    [InlineData("@{ ResourceName = @{}; ApiKey = $key }", "The value of -ResourceName (a Hashtable) is not text.")]
    [InlineData("@{ ApiKey = $key }", "The piped object (a Hashtable) does not describe a secret.")]
    [InlineData("'text'", "The piped object (a String) does not describe a secret.")]
    [InlineData(
        "@{ ResourceName = 'a'; ModelId = 'b'; ApiKey = $key }",
        "The piped object describes several kinds of secrets: it has values for -ResourceName and -ModelId.")]
    public void An_object_that_lacks_something_says_what(string row, string message)
    {
        var error = Run($"{row} | New-OpenRouterByokSecret").OnlyError();

        Assert.Equal(message, error.Exception.Message);
        Assert.Null(error.TargetObject);
    }

    [Fact]
    public void What_is_wrong_on_the_command_line_ends_the_command_before_the_first_object()
    {
        var result = Run("@{ ResourceName = 'a' }, @{ ResourceName = 'b' } | New-OpenRouterByokSecret -ApiKey plain");

        Assert.Same(result.OnlyError(), result.Terminating);
    }

    [Fact]
    public void Nothing_is_sent_and_no_session_is_needed()
    {
        using var alone = new ModuleRunspace();

        var made = alone.Run("New-OpenRouterByokSecret -ApiKey $key -Region eu", new { key = Secret.Of("k-1") });

        Assert.Equal("""{"api_key":"k-1","region":"eu"}""", made.Only<SecureString>().Reveal());
    }

    [Theory]
    [InlineData("New-OpenRouterByokSecret -ResourceName a -ResourceType ", "ai_foundry", "openai")]
    [InlineData("New-OpenRouterByokSecret -ApiKey $k -Region ", "eu", "us")]
    [InlineData("New-OpenRouterByokSecret -AccessKeyId $k -Region us-e", "us-east-1", "us-east-2")]
    [InlineData("New-OpenRouterByokSecret -ServiceAccountPath x -Region gl", "global")]
    [InlineData("New-OpenRouterByokSecret -Region us", "us", "us-central1", "us-east-1")]
    public void Regions_and_types_complete(string line, params string[] offered)
    {
        var completions = shell.Complete(line).Select(static match => match.CompletionText).ToList();

        Assert.Superset(offered.ToHashSet(), completions.ToHashSet());
        Assert.True(offered.Length == completions.Count || line.EndsWith("us", StringComparison.Ordinal));
    }

    private RunResult Run(string script) =>
        shell.Run(script, new { key = Secret.Of("k-1"), other = Secret.Of("k-2"), url = Url });
}
