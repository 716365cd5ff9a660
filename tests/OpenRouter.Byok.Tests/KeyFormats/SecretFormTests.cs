using System;
using System.IO;
using System.Linq;
using System.Security;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenRouter.Byok.Api.Secrets;
using Xunit;

namespace OpenRouter.Byok.Tests.KeyFormats;

/// <summary>The text that New-OpenRouterByokSecret makes for each provider, and that it arrives as it is.</summary>
public sealed class SecretFormTests : IClassFixture<SandboxShell>
{
    private const string Url =
        "https://contoso.openai.azure.com/openai/deployments/four-o/chat/completions?api-version=2024-10-21";

    // Whatever text a secret is, it comes out of the JSON again.
    private const string Odd = "a\"b\\c/é<\u20AC>\U0001F511'&+=}{][ z";

    private readonly SandboxShell sandbox;

    public SecretFormTests(SandboxShell sandbox) => this.sandbox = sandbox.Reset();

    public static TheoryData<string, string, string> Forms => new()
    {
        { "azure", "-ResourceName contoso -ApiKey $key", """[{"api_key":"k-1","resource_name":"contoso"}]""" },
        {
            "azure", "-ResourceName ' Contoso-2 ' -ResourceType AI_Foundry -ApiKey $key",
            """[{"api_key":"k-1","resource_name":"Contoso-2","resource_type":"ai_foundry"}]"""
        },
        {
            "azure", "-ResourceName contoso -ResourceType openai -ApiKey $key",
            """[{"api_key":"k-1","resource_name":"contoso","resource_type":"openai"}]"""
        },
        {
            "azure", "-ModelSlug openai/gpt-4o -EndpointUrl $url -ModelId four-o -ApiKey $key",
            $$"""[{"model_slug":"openai/gpt-4o","endpoint_url":"{{Url}}","api_key":"k-1","model_id":"four-o"}]"""
        },
        {
            "amazon-bedrock", "-AccessKeyId $key -SecretAccessKey $other -Region us-east-1",
            """{"accessKeyId":"k-1","secretAccessKey":"k-2","region":"us-east-1"}"""
        },
        { "openai", "-ApiKey $key -Region eu", """{"api_key":"k-1","region":"eu"}""" },
        { "fireworks", "-ApiKey $key -Region a-new-region", """{"api_key":"k-1","region":"a-new-region"}""" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_parameters_choose_the_form(string provider, string parameters, string json)
    {
        var secret = Make(parameters);

        Assert.True(secret.IsReadOnly());
        Assert.Equal(json, secret.Reveal());
        Assert.Null(OpenRouter.Byok.KeyFormats.KeyInspection.Warning(provider, secret));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_credential_is_created_with_it(string provider, string parameters, string json)
    {
        var result = sandbox.Shell.Run(
            $"New-OpenRouterByokKey {provider} (New-OpenRouterByokSecret {parameters}) -Name Made", Values);

        Assert.Equal(provider, result.Only<ByokKey>().Provider);
        Assert.Empty(result.Warnings);
        using var server = new ScriptedServer { DefaultResponse = Samples.Echo };
        using var shell = ModuleRunspace.ConnectedTo(server);
        shell.Run($"New-OpenRouterByokKey {provider} (New-OpenRouterByokSecret {parameters})", Values).Only<ByokKey>();
        Assert.Equal(json, (string?)Assert.Single(server.Requests).Json["key"]);
    }

    [Fact]
    public void The_region_of_the_key_becomes_the_declared_region()
    {
        var result = sandbox.Shell.Run(
            "New-OpenRouterByokKey openai (New-OpenRouterByokSecret -ApiKey $key -Region eu)", Values);

        Assert.Equal("europe", result.Only<ByokKey>().DeclaredRegion);
    }

    [Theory]
    [InlineData("-ResourceName contoso -ApiKey $odd", "api_key")]
    [InlineData("-ModelSlug $text -EndpointUrl $url -ModelId $text -ApiKey $odd", "api_key", "model_slug", "model_id")]
    [InlineData("-AccessKeyId $odd -SecretAccessKey $odd -Region $text", "accessKeyId", "secretAccessKey", "region")]
    [InlineData("-ApiKey $odd -Region $text", "api_key", "region")]
    public void Any_text_comes_out_of_the_JSON_again(string parameters, params string[] fields)
    {
        var json = JsonNode.Parse(Make(parameters).Reveal())!;
        var values = json is JsonArray entries ? Assert.Single(entries)! : json;

        Assert.All(fields, field => Assert.Equal(Odd, (string?)values[field]));
    }

    [Fact]
    public void A_service_account_keeps_all_its_fields_as_they_are()
    {
        // Whatever way it is written: with a byte order mark, with blanks, and with an escape that nobody needs.
        var options = new JsonSerializerOptions { WriteIndented = true };
        var text = "\uFEFF" + ServiceAccountSample.Fields.ToJsonString(options)
            .Replace("contoso\"", "\\u0063ontoso\"", StringComparison.Ordinal)
            .Replace("\"type\"", "\"new\": { \"a\": [ 1.50, null ] }, \"type\"", StringComparison.Ordinal);

        var made = Make("-ServiceAccountPath $file", text);

        var fields = JsonNode.Parse(made.Reveal())!.AsObject();
        Assert.Contains("\"new\":{ \"a\": [ 1.50, null ] },", made.Reveal(), StringComparison.Ordinal);
        fields.Remove("new");
        Assert.Equal(ServiceAccountSample.Fields.ToJsonString(), fields.ToJsonString());
        Assert.Contains("\\u0063ontoso", made.Reveal(), StringComparison.Ordinal);
        Assert.Null(OpenRouter.Byok.KeyFormats.KeyInspection.Warning("google-vertex", made));
    }

    [Fact]
    public void A_field_whose_name_is_half_a_character_is_copied_as_any_other()
    {
        var text = ServiceAccountSample.Fields.ToJsonString()
            .Replace("\"type\"", "\"\\ud800\":1,\"type\"", StringComparison.Ordinal);

        Assert.Equal(text, Make("-ServiceAccountPath $file", text).Reveal());
    }

    [Theory]
    [InlineData("-Region global", "global", "bucket-of-file")]
    [InlineData("-Bucket gs://batch_1", "region-of-file", "gs://batch_1")]
    [InlineData("-Region us-central1 -Bucket ' batch.example ' ", "us-central1", "batch.example")]
    [InlineData("", "region-of-file", "bucket-of-file")]
    public void The_region_and_the_bucket_replace_those_of_the_file(string parameters, string region, string bucket)
    {
        var account = ServiceAccountSample.Fields;
        account.Insert(0, "region", "region-of-file");
        account.Insert(2, "bucket", "bucket-of-file");

        var json = Make("-ServiceAccountPath $file " + parameters, account.ToJsonString()).Reveal();

        var fields = JsonNode.Parse(json)!.AsObject();
        Assert.Equal((region, bucket), ((string?)fields["region"], (string?)fields["bucket"]));
        Assert.Equal(1, json.Split("\"region\"").Length - 1);
        Assert.Equal(1, json.Split("\"bucket\"").Length - 1);
        Assert.Equal(ServiceAccountSample.Fields.Count + 2, fields.Count);
    }

    [Fact]
    public void A_service_account_is_found_where_PowerShell_is_and_becomes_a_credential()
    {
        var file = ServiceAccountSample.Write(ServiceAccountSample.Fields.ToJsonString());

        var result = sandbox.Shell.Run(
            "$null = $ExecutionContext.SessionState.Path.SetLocation($folder);"
            + " New-OpenRouterByokKey google-vertex (New-OpenRouterByokSecret -ServiceAccountPath 'account [1].json')",
            new { folder = Path.GetDirectoryName(file) });

        Assert.Equal("google-vertex", result.Only<ByokKey>().Provider);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(SecretBuffer.MaximumSecretLength)]
    public void A_secret_that_no_SecureString_can_hold_is_refused(int length)
    {
        var key = Secret.Of(string.Concat(Enumerable.Repeat("é", length)));

        var result = sandbox.Shell.Run("New-OpenRouterByokSecret -ApiKey $key -Region eu", new { key });

        if (length == 60_000)
        {
            Assert.Equal(60_000 + """{"api_key":"","region":"eu"}""".Length, result.Only<SecureString>().Length);
        }
        else
        {
            Assert.Equal(
                "The secret is longer than 65536 characters, the maximum length of a SecureString.",
                result.OnlyError().Exception.Message);
        }
    }

    [Fact]
    public void The_buffer_is_wiped_when_it_is_disposed()
    {
        var buffer = new SecretBuffer();
        buffer.Append(Encoding.UTF8.GetBytes("marker"));
        var array = buffer.Segment.Array!;

        buffer.Dispose();

        Assert.All(array.Take(6), static value => Assert.Equal(0, value));
    }

    private static object Values => new
    {
        key = Secret.Of("k-1"),
        other = Secret.Of("k-2"),
        odd = Secret.Of(Odd),
        text = Odd,
        url = Url,
    };

    private SecureString Make(string parameters, string? file = null)
    {
        var path = file is null ? null : ServiceAccountSample.Write(file);
        sandbox.Shell.Run("$global:file = $path", new { path });
        var result = sandbox.Shell.Run("New-OpenRouterByokSecret " + parameters, Values);
        Assert.Empty(result.Warnings);
        return result.Only<SecureString>();
    }
}
