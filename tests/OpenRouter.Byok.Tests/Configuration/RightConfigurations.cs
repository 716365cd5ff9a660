using System.Collections.Generic;
using System.Linq;
using Xunit;
using static OpenRouter.Byok.Tests.Configuration.WrongConfiguration;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Configurations in JSON that the schema and the reader, with a -SecretResolver, must accept.</summary>
internal static class RightConfigurations
{
    private const string Reference = """{ "env": "A" }""";

    private static readonly string Entries = string.Join(", ", Enumerable.Repeat(1, 100).Select(
        static (one, index) => $"\"entry{one + index}\""));

    private static readonly string Longest = new('n', 255);

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["nothing"] = """{ "version": 1, "credentials": [] }""",
        ["version 1.0"] = """{ "version": 1.0, "credentials": [] }""",
        ["comments and trailing commas"] = "/* one */ { \"version\": 1, // two\n \"credentials\": [], }",
        ["a schema"] = """{ "$schema": "../openrouter-byok.schema.json", "version": 1, "credentials": [] }""",
        ["no defaults, no scope"] = """{ "version": 1, "defaults": {}, "scope": [], "credentials": [] }""",
        ["all defaults"] = $$"""{ "version": 1, "defaults": { {{Settings("null")}} }, "credentials": [] }""",
        ["scope"] = """
            {
              "version": 1, "credentials": [],
              "scope": [{ "provider": "azure" }, { "provider": "azure", "workspace": "production" }]
            }
            """,
        ["a provider only"] = File("""{ "provider": "openai" }"""),
        ["an unknown provider"] = File("""{ "provider": "Provider with spaces/2" }"""),
        ["a whole entry"] = OpenAI($"\"workspace\": \"Production\", \"name\": \"{Longest}\", {Settings("[\"a/b\"]")}"),
        ["100 entries"] = OpenAI(Settings($"[{Entries}]")),
        ["name null"] = OpenAI("\"name\": null"),
        ["a new name"] = OpenAI($"\"name\": \"New\", \"previousName\": \"{Longest}\""),
        ["an id in capitals"] = OpenAI("\"id\": \"AAAAAAAA-2222-3333-4444-555555555555\", \"name\": \"New\""),
        ["fallback, not only BYOK"] = OpenAI("\"isFallback\": true, \"isByokOnly\": false"),
        ["only BYOK, no fallback"] = OpenAI("\"isFallback\": false, \"isByokOnly\": true"),
        ["the label of a key as an entry"] = OpenAI("\"allowedApiKeys\": [\"sk-or-v1-0123456789...AbCd\"]"),

        ["env"] = Key("anthropic", Reference),
        ["secret"] = Key("anthropic", """{ "secret": "a" }"""),
        ["secret and vault"] = Key("anthropic", """{ "vault": "b", "secret": "a" }"""),
        ["file"] = Key("google-vertex", """{ "file": "../a b.json" }"""),
        ["an object for -SecretResolver"] = Key("openai", """{ "onePassword": { "vault": "a", "fields": [1] } }"""),
        ["an object for -SecretResolver in a form"] = Key(
            "openai", """{ "api_key": { "onePassword": "op://a" }, "region": "eu" }"""),

        ["azure env"] = Key("azure", Reference),
        ["azure resource"] = Key("azure", $$"""[{ "api_key": {{Reference}}, "resource_name": "a-1" }]"""),
        ["azure resource and deployment"] = Key(
            "azure",
            $$"""
            [
              { "api_key": {{Reference}}, "resource_name": "a", "resource_type": "ai_foundry" },
              {
                "model_slug": "openai/gpt-4o", "model_id": "gpt", "api_key": { "secret": "a", "vault": "b" },
                "endpoint_url": "https://a.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=1"
              }
            ]
            """),
        ["azure references for all"] = Key(
            "azure", $$"""[{ "api_key": {{Reference}}, "resource_name": {{Reference}} }]"""),
        ["bedrock key"] = Key("amazon-bedrock", Reference),
        ["bedrock form"] = Key(
            "amazon-bedrock",
            $$"""{ "accessKeyId": {{Reference}}, "secretAccessKey": {{Reference}}, "region": "us-east-1" }"""),
        ["vertex form"] = Key(
            "google-vertex",
            $$"""
            {
              "type": "service_account", "project_id": "a", "client_email": "a@example.com",
              "private_key": {{Reference}}, "private_key_id": {{Reference}},
              "token_uri": "https://oauth2.googleapis.com/token", "region": "global", "bucket": "a"
            }
            """),
        ["regional key"] = Key("fireworks", $$"""{ "api_key": {{Reference}}, "region": {{Reference}} }"""),
        ["template for an unknown provider"] = Key(
            "acme-ai",
            $$"""{ "account": 7, "active": true, "note": null, "secret": {{Reference}}, "urls": ["https://a"] }"""),
        ["list for an unknown provider"] = Key("acme-ai", $$"""["a", { "token": {{Reference}} }]"""),
    };

    /// <summary>What is special about each of them, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Keys];

    private static string Key(string provider, string key) => Provider(provider, "\"key\": " + key);

    private static string Settings(string list) =>
        $"""
        "allowedModels": {list}, "allowedApiKeys": {list}, "allowedUsers": {list}, "disabled": true, "isFallback": true,
        "isRequired": true, "isByokOnly": false, "declaredZdr": null, "declaredRegion": null
        """;
}
