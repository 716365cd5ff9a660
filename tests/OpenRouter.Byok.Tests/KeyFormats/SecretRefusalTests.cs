using System;
using System.Management.Automation;
using System.Security;
using Xunit;

namespace OpenRouter.Byok.Tests.KeyFormats;

/// <summary>What no secret is made of, and what to do instead.</summary>
public sealed class SecretRefusalTests : IClassFixture<ScriptedShell>
{
    private readonly ModuleRunspace shell;

    public SecretRefusalTests(ScriptedShell scripted) => shell = scripted.Reset().Shell;

    [Theory]
    [InlineData("https://contoso.openai.azure.com/", "-ResourceName contoso -ResourceType openai.")]
    [InlineData("contoso.openai.azure.com", "-ResourceName contoso -ResourceType openai.")]
    [InlineData("HTTPS://Contoso.Services.AI.Azure.com/api/x", "-ResourceName Contoso -ResourceType ai_foundry.")]
    [InlineData("https://contoso.cognitiveservices.azure.com:443?x", "-ResourceName contoso.")]
    [InlineData("contoso.openai.azure.us", "-ResourceName contoso.")]
    public void An_address_for_a_resource_names_the_part_to_take(string name, string advised)
    {
        var error = Error("-ResourceName $name -ApiKey $key", new { name });

        Assert.Equal(
            "The value of -ResourceName is an address, but only the name of the resource is required.",
            error.Exception.Message);
        Assert.Equal("Specify the part before the first dot: " + advised, error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("contoso.example.com")]
    [InlineData("https://contoso")]
    [InlineData("contoso/x")]
    [InlineData("-contoso")]
    [InlineData("con toso")]
    [InlineData("https://user:password@contoso.openai.azure.com")]
    [InlineData("https://contoso.openai.azure.com.example.com")]
    public void What_is_no_name_of_a_resource_is_refused_and_not_repeated(string name)
    {
        var error = Error("-ResourceName $name -ApiKey $key", new { name });

        Assert.StartsWith(
            "The value of -ResourceName is not the name of a resource.",
            error.Exception.Message,
            StringComparison.Ordinal);
        Assert.Contains("my-resource.openai.azure.com", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://c.openai.azure.com/x/chat/completions?api-version=1", "is not an absolute https address")]
    [InlineData("c.openai.azure.com/x/chat/completions?api-version=1", "is not an absolute https address")]
    [InlineData("https://a:b@c.azure.com/x/chat/completions?api-version=1", "is not an absolute https address")]
    [InlineData("https://c.azure.com/x/chat/completions?api-version=1#x", "is not an absolute https address")]
    [InlineData("https://c.azure.com/openai/deployments/x?api-version=1", "does not end in /chat/completions")]
    [InlineData("https://c.azure.com/x/chat/completions/?api-version=1", "does not end in /chat/completions")]
    [InlineData("https://c.azure.com/x/chat/completions", "lacks the api-version")]
    [InlineData("https://c.azure.com/x/chat/completions?api-version=", "lacks the api-version")]
    [InlineData("https://c.azure.com/x/chat/completions?x=api-version=1", "lacks the api-version")]
    [InlineData("https://c.azure.com/x/chat/completions/chat/completions?api-version=1", "/chat/completions twice")]
    [InlineData("https://c.azure.com/chat/completions/x/Chat/Completions?api-version=1", "/chat/completions twice")]
    public void An_endpoint_is_whole(string url, string message)
    {
        var error = Error("-ModelSlug a/b -ModelId m -EndpointUrl $url -ApiKey $key", new { url });

        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("azure.com/x", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://c.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview")]
    [InlineData("https://c.openai.azure.com/openai/deployments/x/chat/completions?a=b&api-version=1")]
    public void A_whole_endpoint_is_accepted(string url) => shell
        .Run(
            "New-OpenRouterByokSecret -ModelSlug a/b -ModelId m -EndpointUrl $url -ApiKey $key",
            new { url, key = Key })
        .Only<SecureString>();

    [Theory]
    [InlineData("-ResourceName a -ResourceType foundry -ApiKey $key", "The value of -ResourceType is neither ai")]
    [InlineData("-ResourceName '' -ApiKey $key", "-ResourceName is blank.")]
    [InlineData("-ResourceName $null -ApiKey $key", "-ResourceName is blank.")]
    [InlineData("-ResourceName a -ApiKey $null", "The value of -ApiKey is empty.")]
    [InlineData("-ResourceName a -ApiKey $empty", "The value of -ApiKey is empty.")]
    [InlineData("-ResourceName a -ApiKey plain", "The key was specified as plain text.")]
    [InlineData("-AccessKeyId plain -SecretAccessKey $key -Region x", "The key was specified as plain text.")]
    [InlineData("-AccessKeyId $key -SecretAccessKey plain -Region x", "The key was specified as plain text.")]
    [InlineData("-AccessKeyId $key -SecretAccessKey $key -Region ' '", "-Region is blank.")]
    [InlineData("-ApiKey $key -Region ''", "-Region is blank.")]
    [InlineData("-ApiKey $json -Region eu", "The value of -ApiKey is JSON, but the key itself is required.")]
    [InlineData("-ApiKey $line -Region eu", "The value of -ApiKey begins or ends with a line break.")]
    [InlineData("-AccessKeyId $key -SecretAccessKey $line -Region x", "The value of -SecretAccessKey begins or ends")]
    [InlineData("-AccessKeyId $quoted -SecretAccessKey $key -Region x", "The value of -AccessKeyId is enclosed in")]
    public void Other_values_that_cannot_be_right_are_refused(string parameters, string message) =>
        Assert.StartsWith(message, Error(parameters, new { }).Exception.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("gs://b/x")]
    [InlineData("b/x")]
    [InlineData("gs://b/")]
    [InlineData("gs://")]
    [InlineData("s3://b")]
    [InlineData("a b")]
    public void A_bucket_has_no_path(string bucket)
    {
        var path = ServiceAccountSample.Write(ServiceAccountSample.Fields.ToJsonString());

        var error = Error("-ServiceAccountPath $path -Bucket $bucket", new { path, bucket });

        Assert.Equal("The value of -Bucket is not the name of a bucket.", error.Exception.Message);
    }

    [Theory]
    [InlineData("type", null, "the field type is missing or has no text")]
    [InlineData("type", "authorized_user", "the field type is not service_account")]
    [InlineData("project_id", null, "the field project_id is missing or has no text")]
    [InlineData("private_key", "", "the field private_key is missing or has no text")]
    [InlineData("client_email", null, "the field client_email is missing or has no text")]
    public void A_service_account_has_its_fields(string field, string? value, string fault)
    {
        var account = ServiceAccountSample.Fields;
        account.Remove(field);
        if (value is not null)
        {
            account[field] = value;
        }

        var path = ServiceAccountSample.Write(account.ToJsonString());

        Assert.Equal(
            $"The file of -ServiceAccountPath is not a service account: {fault}.",
            Error("-ServiceAccountPath $path", new { path }).Exception.Message);
    }

    [Theory]
    [InlineData("", "it is not valid JSON")]
    [InlineData("{", "it is not valid JSON")]
    [InlineData("{} {}", "it is not valid JSON")]
    [InlineData("[]", "it is not a JSON object")]
    [InlineData("null", "it is not a JSON object")]
    [InlineData("{\"type\":1}", "the field type is missing or has no text")]
    [InlineData("{\"\\ud800\":1}", "the field type is missing or has no text")]
    [InlineData(
        "{\"type\":\"\\ud800\",\"project_id\":\"p\",\"private_key\":\"k\",\"client_email\":\"e\"}",
        "the field type is not service_account")]
    [InlineData(
        "{\"type\":1,\"project_id\":\"p\",\"private_key\":\"k\",\"client_email\":\"e\",\"type\":\"other\"}",
        "the field type is not service_account")]
    public void A_file_that_is_no_service_account_says_so(string content, string fault)
    {
        var path = ServiceAccountSample.Write(content);

        Assert.Equal(
            $"The file of -ServiceAccountPath is not a service account: {fault}.",
            Error("-ServiceAccountPath $path", new { path }).Exception.Message);
    }

    [Fact]
    public void A_file_that_is_too_long_is_not_read_to_its_end()
    {
        var path = ServiceAccountSample.Write(new string(' ', 1_000_000));

        Assert.EndsWith(
            "it is too long.",
            Error("-ServiceAccountPath $path", new { path }).Exception.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$folder/none.json", "The file of -ServiceAccountPath does not exist.")]
    [InlineData("$folder/none/none.json", "The file of -ServiceAccountPath does not exist.")]
    [InlineData("$folder", "The file of -ServiceAccountPath cannot be read.")]
    [InlineData("env:PATH", "The value of -ServiceAccountPath is not the path of a file.")]
    [InlineData("nowhere:x", "The value of -ServiceAccountPath is not the path of a file.")]
    [InlineData("$json", "The value of -ServiceAccountPath is not the path of a file.")]
    [InlineData("' '", "-ServiceAccountPath is blank.")]
    public void A_path_that_leads_to_no_file_is_refused_and_not_repeated(string path, string message)
    {
        var error = Error(
            $"-ServiceAccountPath {path}",
            new { folder = ServiceAccountSample.Folder("empty"), json = "{ \"private_key\": \"-----BEGIN\n\" }" },
            withText: true);

        Assert.Equal(message, error.Exception.Message);
    }

    [Fact]
    public void The_prompt_for_a_secret_is_masked()
    {
        shell.Host.Screen.Secrets.Enqueue("typed");

        var result = shell.Run("New-OpenRouterByokSecret -ResourceName contoso");

        Assert.Equal(
            """[{"api_key":"typed","resource_name":"contoso"}]""",
            result.Only<SecureString>().Reveal());
    }

    private static SecureString Key => Secret.Of("k-1");

    private ErrorRecord Error(string parameters, object values, bool withText = false)
    {
        foreach (var (name, text) in new[]
        {
            ("key", "k-1"), ("empty", ""), ("json", """{"a":"b"}"""), ("line", "k-1\r\n"), ("quoted", "'k-1'"),
        })
        {
            if (!withText)
            {
                shell.Runspace.SessionStateProxy.SetVariable(name, Secret.Of(text));
            }
        }

        var result = shell.Run("New-OpenRouterByokSecret " + parameters, values);
        var error = result.OnlyError();
        Assert.Same(error, result.Terminating);
        Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails.RecommendedAction));
        return error;
    }
}
