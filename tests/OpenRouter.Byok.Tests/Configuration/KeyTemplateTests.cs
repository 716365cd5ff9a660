using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using System.Text.Json.Nodes;
using OpenRouter.Byok.KeyFormats;
using OpenRouter.Byok.Tests.KeyFormats;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>The JSON that templates become, with secrets in the places of references.</summary>
public sealed class KeyTemplateTests : IClassFixture<KeyShell>
{
    private const string First = "OPENROUTER_TESTS_TEMPLATE_FIRST";
    private const string Second = "OPENROUTER_TESTS_TEMPLATE_SECOND";
    private const string Lines = "OPENROUTER_TESTS_TEMPLATE_LINES";
    private const string Json = "OPENROUTER_TESTS_TEMPLATE_JSON";
    private const string HasLineBreak =
        "contains a line break, another control character, or an invisible character.";

    private const string Unset = "OPENROUTER_TESTS_TEMPLATE_UNSET";

    private readonly KeyShell shell;
    private readonly string folder = ServiceAccountSample.Folder(TestContext.Current.Test!.UniqueID);

    static KeyTemplateTests()
    {
        Environment.SetEnvironmentVariable(First, "hunter2-1");
        Environment.SetEnvironmentVariable(Second, "hunter2-2");
        Environment.SetEnvironmentVariable(Lines, "hunter2\nhunter2");
        Environment.SetEnvironmentVariable(Json, """{"api_key":"hunter2"}""");
    }

    public KeyTemplateTests(KeyShell shell) => this.shell = shell;

    public static TheoryData<string, string, string> Templates => new()
    {
        {
            "azure",
            $$"""
            [{ "api_key": { "env": "{{First}}" }, "resource_name": "contoso", "resource_type": "ai_foundry" },
             { "model_slug": "a/b", "endpoint_url": "https://x/y?z=é",
               "api_key": { "env": "{{Second}}" }, "model_id": "c" }]
            """,
            """[{"api_key":"hunter2-1","resource_name":"contoso","resource_type":"ai_foundry"},"""
            + """{"model_slug":"a/b","endpoint_url":"https://x/y?z=é","api_key":"hunter2-2","model_id":"c"}]"""
        },
        {
            "amazon-bedrock",
            $$"""
            { "secretAccessKey": { "env": "{{Second}}" }, "accessKeyId": { "env": "{{First}}" }, "region": "us-east-1" }
            """,
            """{"secretAccessKey":"hunter2-2","accessKeyId":"hunter2-1","region":"us-east-1"}"""
        },
        {
            "openai", $$"""{ "api_key": { "env": "{{First}}" }, "region": "eu" }""",
            """{"api_key":"hunter2-1","region":"eu"}"""
        },
        {
            "fireworks", $$"""{ "region": "eu", "api_key": { "env": "{{First}}" } }""",
            """{"region":"eu","api_key":"hunter2-1"}"""
        },
        {
            "acme",
            $$"""
            { "id": [{ "env": "{{First}}" }, "a\"b", 1.50, null, []], "on": true, "no": false,
              "in": { "é": { "env": "{{Second}}" }, "q": {} } }
            """,
            """{"id":["hunter2-1","a\u0022b",1.50,null,[]],"on":true,"no":false,"in":{"é":"hunter2-2","q":{}}}"""
        },
        { "acme", $$"""["a", { "env": "{{Json}}" }]""", """["a","{\u0022api_key\u0022:\u0022hunter2\u0022}"]""" },
    };

    [Theory]
    [MemberData(nameof(Templates))]
    public void Fields_stay_in_order_and_constants_as_they_are(string provider, string template, string json)
    {
        var key = Assert.Single(shell.Keys(KeyNodes.Reference(template, provider)));

        Assert.Equal(json, key);
        Assert.Null(KeyInspection.Warning(provider, Secret.Of(key)));
    }

    [Fact]
    public void A_service_account_can_be_a_whole_file()
    {
        var text = ServiceAccountSample.Fields.ToJsonString();
        File.WriteAllText(Path.Combine(folder, "account.json"), "\uFEFF" + text + "\n");

        var key = Assert.Single(shell.Keys(
            KeyNodes.Reference("""{ "file": "account.json" }""", "google-vertex", folder: folder)));

        Assert.Equal(text, key);
        Assert.Null(KeyInspection.Warning("google-vertex", Secret.Of(key)));
    }

    [Fact]
    public void A_service_account_can_have_a_source_for_each_field()
    {
        File.WriteAllText(Path.Combine(folder, "private.pem"), ServiceAccountSample.PrivateKey + "\n");
        var template = ServiceAccountSample.Fields;
        template["private_key"] = new JsonObject { ["file"] = "private.pem" };
        template["private_key_id"] = new JsonObject { ["env"] = First };
        template["region"] = "global";

        var key = Assert.Single(shell.Keys(
            KeyNodes.Reference(template.ToJsonString(), "google-vertex", folder: folder)));

        var expected = ServiceAccountSample.Fields;
        expected["private_key_id"] = "hunter2-1";
        expected["region"] = "global";
        Assert.Equal(expected.ToJsonString(), JsonNode.Parse(key)!.ToJsonString());
        Assert.Null(KeyInspection.Warning("google-vertex", Secret.Of(key)));
    }

    [Theory]
    [InlineData("a\"b\\c/é<\u20AC>\U0001F511'&+=}{][ z")]
    [InlineData("\t\r\n\0\u0001\u001F\u007F\u2028")]
    [InlineData("{\"a\":1}")]
    [InlineData(" ")]
    public void Any_secret_comes_out_of_the_JSON_again(string secret)
    {
        var result = shell.Get(
            "-SecretResolver { $secret }",
            "",
            new { secret = Secret.Of(secret) },
            KeyNodes.Reference(
                """{ "private_key": { "op": "a" }, "region": "eu" }""", "google-vertex", hasResolver: true));

        var json = JsonNode.Parse(result.Only<SecureString>().Reveal())!;
        Assert.Equal((secret, "eu"), ((string?)json["private_key"], (string?)json["region"]));
    }

    [Fact]
    public void A_part_that_is_not_available_is_an_error_with_its_own_place() => KeyShell.Failure(
        shell.Get(KeyNodes.Reference(
            $$"""
            { "accessKeyId": { "env": "{{First}}" },
              "secretAccessKey": { "env": "{{Unset}}" }, "region": "a" }
            """,
            "amazon-bedrock")),
        $"keys.json:2:22: The environment variable {Unset} is not set.",
        "Set the environment variable",
        "hunter2");

    [Theory]
    [InlineData("openai", "api_key", Lines, HasLineBreak)]
    [InlineData("openai", "region", Lines, HasLineBreak)]
    [InlineData("acme", "id", Lines, HasLineBreak)]
    [InlineData("openai", "api_key", Json, "is JSON, but the key itself is required.")]
    [InlineData("acme", "client-secret", Json, "is JSON, but the key itself is required.")]
    public void A_part_that_is_no_part_of_a_key_is_an_error(
        string provider, string field, string variable, string message) =>
        KeyShell.Failure(
            shell.Get(KeyNodes.Reference($$"""{ "{{field}}": { "env": "{{variable}}" } }""", provider)),
            $"keys.json:1:{field.Length + 7}: The value from environment variable {variable} cannot be used. "
            + $"The value of the field {field} {message}",
            "",
            "hunter2");

    [Fact]
    public void A_key_that_no_SecureString_can_hold_is_an_error()
    {
        File.WriteAllText(Path.Combine(folder, "long.txt"), new string('a', 65000));
        const string Field = """{ "file": "long.txt" }""";

        var error = shell.Get(KeyNodes.Reference(
            $$"""{ "api_key": {{Field}}, "region": {{Field}} }""", "openai", folder: folder)).OnlyError();

        Assert.StartsWith(
            "keys.json:1:1: The value from template cannot be used. The secret is longer than ",
            error.Exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_are_read_once_for_several_keys()
    {
        var regions = new[] { "eu", "us" };
        var calls = new List<int>();
        var result = shell.Get(
            "-SecretResolver { $calls.Add(1); $secret }",
            "",
            new { secret = Secret.Of("hunter2"), calls },
            [.. regions.Select(static region => KeyNodes.Reference(
                $$"""{ "api_key": { "op": "a" }, "region": "{{region}}" }""", "openai", hasResolver: true))]);

        Assert.Equal(2, result.All<SecureString>().Select(static key => key.Reveal()).Distinct().Count());
        Assert.Single(calls);
    }
}
