using System.Collections.Generic;
using static OpenRouter.Byok.Tests.Configuration.WrongConfiguration;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What can be wrong with a key in the form of its provider.</summary>
internal static class WrongKeyForms
{
    private const string Reference = """{ "env": "A" }""";

    private static readonly WrongConfiguration[] OfAzure =
    [
        Key("azure", "as text", $"§\"{Literal}\"", "key"),
        Key("azure", "empty", "§[]", "reference"),
        Key("azure", "an object", $$"""§{ "api_key": {{Reference}}, "resource_name": "a" }""", "azure"),
        Key("azure", "with text as an entry", "[§\"a\"]", "object"),
        Key("azure", "with null as an entry", "[§null]", "object"),
        Key("azure", "with a literal key", $$"""[{ "api_key": §"{{Literal}}", "resource_name": "a" }]""", "key"),
        Key("azure", "with another literal", """[{ "api_key": §"4f1c01d", "resource_name": "a" }]""", "api_key"),
        Key(
            "azure",
            "with a literal in the second entry",
            $$"""
            [
                    { "api_key": {{Reference}}, "resource_name": "a" },
                    { "resource_name": "b", "api_key": §"4f1c01d" }
                  ]
            """,
            "api_key"),
        Key("azure", "with a list as api_key", """[{ "api_key": §["A"], "resource_name": "a" }]""", "api_key"),
        Key(
            "azure",
            "with an unknown field",
            $$"""[{ "api_key": {{Reference}}, "resource_name": "a", §"resource_typ": "openai" }]""",
            "'resource_type'"),
        Key("azure", "with a wrong reference", """[{ "api_key": { "env": §"" }, "resource_name": "a" }]""", "env"),
    ];

    private static readonly WrongConfiguration[] OfBedrock =
    [
        Key("amazon-bedrock", "a list", $"§[{Reference}]", "object"),
        Key("amazon-bedrock", "with the region only", """§{ "region": "us-east-1" }""", "reference"),
        Key(
            "amazon-bedrock",
            "with a literal accessKeyId",
            $$"""{ "accessKeyId": §"AKIA0", "secretAccessKey": {{Reference}}, "region": "us-east-1" }""",
            "accessKeyId"),
        Key(
            "amazon-bedrock",
            "with a literal secretAccessKey",
            $$"""{ "accessKeyId": {{Reference}}, "secretAccessKey": §"wJalr", "region": "us-east-1" }""",
            "secretAccessKey"),
        Key(
            "amazon-bedrock",
            "with a session token",
            $$"""
            {
                    "accessKeyId": {{Reference}},
                    "secretAccessKey": {{Reference}},
                    §"sessionToken": {{Reference}},
                    "region": "us-east-1"
                  }
            """,
            "sessionToken"),
        Key(
            "amazon-bedrock",
            "with an unknown field",
            $$"""
            {
                    "accessKeyId": {{Reference}}, "secretAccessKey": {{Reference}}, "region": "us-east-1",
                    §"secretAccesKey": {{Reference}}
                  }
            """,
            "'secretAccessKey'"),
    ];

    private static readonly WrongConfiguration[] OfVertex =
    [
        Key("google-vertex", "a list", $"§[{Reference}]", "object"),
        Key("google-vertex", "without a reference", """§{ "project_id": "a", "region": "global" }""", "reference"),
        Vertex("with a literal private_key", "§\"-----BEGIN PRIVATE KEY-----\\nMIIE\"", "key"),
        Vertex("with another literal", "§\"MIIE\"", "private_key"),
        Vertex("with a wrong reference", "{ \"env\": §null }", "env"),
    ];

    private static readonly WrongConfiguration[] OfOthers =
    [
        Key("openai", "a list", $"§[{Reference}]", "object"),
        Key("openai", "with the region only", """§{ "region": "eu" }""", "reference"),
        Key("openai", "with a literal key", $$"""{ "api_key": §"{{Literal}}", "region": "eu" }""", "key"),
        Key("openai", "with another literal", """{ "api_key": §"abc", "region": "eu" }""", "api_key"),
        Key(
            "openai",
            "with an unknown field",
            $$"""{ "api_key": {{Reference}}, "region": "eu", §"regoin": "eu" }""",
            "'region'"),
        Key("fireworks", "with a literal key", """{ "region": "us", "api_key": §"fw_abc" }""", "api_key"),
        Key("fireworks", "with a name", $$"""{ "api_key": {{Reference}}, §"name": "a", "region": "us" }""", "name"),
        Key(
            "fireworks",
            "with a key as region",
            $$"""{ "api_key": {{Reference}}, "region": §"{{Literal}}" }""",
            "key"),
        Key("acme-ai", "a list of text", "§[\"a\", \"b\"]", "reference"),
        Key("acme-ai", "with a key in it", $$"""{ "one": {{Reference}}, "other": §"{{Literal}}" }""", "key"),
        Key("acme-ai", "with a wrong reference", """{ "one": { "inner": { "file": §false } } }""", "file"),
        // The schema knows secret fields by the forms of the providers, and this provider has none.
        Key("acme-ai", "with a literal token", $$"""{ "id": {{Reference}}, "token": §"abc" }""", "token") with
        {
            SchemaSees = false,
        },
    ];

    public static IReadOnlyList<WrongConfiguration> All { get; } =
        [.. OfAzure, .. OfBedrock, .. OfVertex, .. OfOthers];

    private static WrongConfiguration Vertex(string fault, string privateKey, string word) => Key(
        "google-vertex",
        fault,
        $$"""
        {
                "type": "service_account", "project_id": "research", "client_email": "a@example.com",
                "private_key": {{privateKey}}
              }
        """,
        word);

    private static WrongConfiguration Key(string provider, string fault, string key, string word) =>
        new($"key for {provider} {fault}", Provider(provider, "\"key\": " + key), word);
}
