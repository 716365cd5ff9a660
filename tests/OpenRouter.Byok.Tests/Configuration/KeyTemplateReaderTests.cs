using System;
using System.Linq;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Keys in the provider's own form, with references in them.</summary>
public sealed class KeyTemplateReaderTests
{
    private const string Literal = "hunter2hunter2hunter2";

    private const string KeyItself = "sk-proj-" + Literal;

    /// <summary>The provider, the template, and the descriptions of its parts.</summary>
    public static TheoryData<string, string, string> Templates => new()
    {
        { "azure", """[{ "api_key": { "env": "A" }, "resource_name": "contoso" }]""", "environment variable A" },
        {
            "azure",
            """
            [{ "model_slug": "a/b", "endpoint_url": "https://x", "api_key": { "secret": "A" }, "model_id": "c" },
             { "api_key": { "file": "B" }, "resource_name": "contoso", "resource_type": null }]
            """,
            "secret 'A', file 'B'"
        },
        {
            "amazon-bedrock",
            """{ "accessKeyId": { "env": "A" }, "secretAccessKey": { "secret": "B", "vault": "V" }, "region": "c" }""",
            "environment variable A, secret 'B' in vault 'V'"
        },
        { "openai", """{ "api_key": { "env": "A" }, "region": "eu" }""", "environment variable A" },
        { "fireworks", """{ "region": { "env": "R" }, "api_key": { "env": "A" } }""",
            "environment variable R, environment variable A" },
        {
            "google-vertex",
            """{ "type": "a", "private_key": { "file": "k.pem" }, "new": { "a": [1, { "env": "A" }] } }""",
            "file 'k.pem', environment variable A"
        },
        { "acme", """{ "id": { "env": "A" }, "on": true, "n": 1.50, "more": [{ "x": { "env": "B" } }, "c", {}] }""",
            "environment variable A, environment variable B" },
        { "acme", """[{ "env": "A" }, "b"]""", "environment variable A" },
        { "acme", """{ "secret": { "env": "A" }, "file": "f" }""", "environment variable A" },
    };

    public static TheoryData<string, string, string, string> Refused => new()
    {
        { "openai", """{ "api_key": null, "region": "eu" }""", "1:1", "The key contains no reference" },
        { "openai", """{ "region": "eu" }""", "1:1", "The key contains no reference" },
        { "acme", "[]", "1:1", "The key contains no reference" },
        { "acme", "\n[\"a\", { \"b\": 1 }]", "2:1", "The key contains no reference" },
        { "openai", $$"""{ "api_key": "{{Literal}}", "region": "eu" }""", "1:14", "The value of 'api_key' is secret" },
        { "fireworks", """{ "api_key": 12345678, "region": "eu" }""", "1:14", "The value of 'api_key' is secret" },
        { "azure", $$"""[{ "resource_name": "c", "api_key": "{{Literal}}" }]""", "1:37", "'api_key' is secret" },
        { "azure", $$"""[{ "resource_name": "{{KeyItself}}" }]""", "1:21", "This text looks like a key" },
        {
            "amazon-bedrock", $$"""{ "accessKeyId": "{{Literal}}", "secretAccessKey": { "env": "A" } }""", "1:18",
            "The value of 'accessKeyId' is secret"
        },
        {
            "amazon-bedrock", $$"""{ "accessKeyId": { "env": "A" }, "secretAccessKey": "{{Literal}}" }""", "1:53",
            "The value of 'secretAccessKey' is secret"
        },
        { "google-vertex", $$"""{ "private_key": "{{Literal}}" }""", "1:18", "The value of 'private_key' is secret" },
        { "google-vertex", $$"""{ "private_key_id": "{{Literal}}" }""", "1:21", "'private_key_id' is secret" },
        { "google-vertex", $$"""{ "type": { "password": "{{Literal}}" } }""", "1:25", "'password' is secret" },
        { "acme", $$"""{ "id": { "env": "A" }, "key": "{{Literal}}" }""", "1:32", "'key' is secret" },
        { "acme", $$"""{ "id": { "env": "A" }, "ApiKey": "{{Literal}}" }""", "1:35", "'ApiKey' is secret" },
        { "acme", $$"""{ "id": { "env": "A" }, "api-key": ["{{Literal}}"] }""", "1:37", "'api-key' is secret" },
        { "acme", $$"""{ "id": { "env": "A" }, "in": { "token": "{{Literal}}" } }""", "1:42", "'token' is secret" },
        { "acme", $$"""{ "id": { "env": "A" }, "client_secret": "{{Literal}}" }""", "1:42", "is secret" },
        { "acme", $$"""{ "id": { "env": "A" }, "h": "Bearer {{KeyItself}}" }""", "1:30", "This text looks like a key" },
        { "acme", $$"""[{ "env": "A" }, "{{KeyItself}}"]""", "1:18", "This text looks like a key" },
        {
            "openai", $$"""{ "api_key": { "env": "A" }, "regoin": "{{Literal}}" }""", "1:30",
            "There is no field 'regoin' in keys for openai. Allowed: api_key, region. Did you mean 'region'?"
        },
        { "openai", $$"""{ "api_key": { "env": "A" }, "zone": "{{Literal}}" }""", "1:30", "There is no field 'zone'" },
        {
            "amazon-bedrock", $$"""{ "region": "a", "accessKeyID": "{{Literal}}" }""", "1:18",
            "Did you mean 'accessKeyId'?"
        },
        { "azure", """[{ "env": "A" }]""", "1:4", "There is no field 'env' in keys for azure" },
        { "azure", """["a"]""", "1:2", "Each entry of the key for azure must be an object." },
        { "azure", """{ "api_key": { "env": "A" } }""", "1:1", "Enclose the object in square brackets." },
        { "openai", """[{ "api_key": { "env": "A" } }]""", "1:1", "The key for openai is a JSON object" },
        { "openai", """{ "api_key": [{ "env": "A" }] }""", "1:14", "The value of 'api_key' must be text or a" },
        { "openai", """{ "api_key": { "evn": "A" } }""", "1:16", "Did you mean 'env' instead of 'evn'?" },
        { "openai", $$"""{ "api_key": { "op": "{{Literal}}" } }""", "1:14", "of other kinds, specify -SecretResolver" },
        { "openai", """{ "api_key": { "env": "" } }""", "1:23", "The value of 'env' must be text" },
    };

    [Theory]
    [MemberData(nameof(Templates))]
    public void References_are_found_in_a_template(string provider, string json, string parts)
    {
        foreach (var hasResolver in new[] { false, true })
        {
            var template = Assert.IsType<KeyTemplate>(KeyNodes.Reference(json, provider, hasResolver));
            Assert.Equal("template", KeyReferenceText.Describe(template));
            Assert.Equal(parts.Split(", "), template.Parts.Values.OrderBy(static part => part.Position.Offset).Select(
                KeyReferenceText.Describe));
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_wrong_is_refused_with_its_place_and_not_repeated(
        string provider, string json, string place, string message)
    {
        var failure = Assert.Throws<OpenRouterException>(() => KeyNodes.Reference(json, provider));

        Assert.StartsWith($"{KeyNodes.FileName}:{place}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.DoesNotContain(Literal, failure.ToString() + failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_scan_would_find_a_literal() => Assert.Contains(
        Literal,
        new OpenRouterException(ErrorReason.InvalidConfiguration, Messages.LiteralKeyPart, KeyItself).ToString(),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("amazon-bedrock", """{ "accessKeyId": { "op": "a" }, "secretAccessKey": { "op": "b" } }""", 2)]
    [InlineData("azure", """[{ "api_key": { "op": ["a", { "b": 1 }] }, "resource_name": "contoso" }]""", 1)]
    [InlineData("google-vertex", """{ "private_key": { "op": "a" }, "private_key_id": { "env": "B" } }""", 2)]
    [InlineData("acme", """{ "a": { "op": "a" }, "b": { "env": "B" } }""", 2)]
    [InlineData("acme", """[{ "op": "a" }]""", 1)]
    public void Parts_can_be_for_the_resolver(string provider, string json, int count)
    {
        var template = Assert.IsType<KeyTemplate>(KeyNodes.Reference(json, provider, hasResolver: true));

        Assert.Equal(count, template.Parts.Count);
        Assert.Contains(template.Parts.Values, static part => part is ResolverReference);
    }

    [Fact]
    public void Fields_from_PowerShell_get_the_names_of_the_provider()
    {
        var errors = new ConfigurationErrors();
        var node = KeyNodes.Parse(
            """{ "AccessKeyID": { "Env": "A" }, "SECRETACCESSKEY": { "ENV": "B" }, "Region": "c" }""",
            isPowerShell: true);

        var reference = new KeyReferenceReader(hasResolver: false).Read(node, "Amazon-Bedrock", errors);

        errors.ThrowIfAny();
        Assert.Equal(
            """{"accessKeyId":{"env":"A"},"region":"c","secretAccessKey":{"env":"B"}}""",
            KeyReferenceText.Canonical(reference!));
    }
}
