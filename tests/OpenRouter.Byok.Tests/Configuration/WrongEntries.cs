using System.Collections.Generic;
using static OpenRouter.Byok.Tests.Configuration.WrongConfiguration;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What can be wrong with an entry, besides its settings and its key.</summary>
internal static class WrongEntries
{
    private const string Id = "11111111-2222-3333-4444-555555555555";

    private static readonly string Long = new('n', 256);

    public static IReadOnlyList<WrongConfiguration> All { get; } =
    [
        new("credential as text", File("§\"openai\""), "object"),
        new("credential null", File("§null"), "object"),
        new("credential a list", File("§[]"), "object"),
        new("no provider", File("""§{ "name": "Production" }"""), "provider"),
        new("no provider in the second", File("""{ "provider": "openai" }""", "§{ }"), "provider"),
        new("provider null", File("""{ "provider": §null }"""), "provider"),
        new("provider a number", File("""{ "provider": §1 }"""), "provider"),
        new("provider a list", File("""{ "provider": §["openai"] }"""), "provider"),
        new("provider empty", File("""{ "provider": §"" }"""), "provider"),
        new("provider blank", File("""{ "provider": §"  " }"""), "provider"),
        new("provider with a space before", File("""{ "provider": §" openai" }"""), "provider"),
        new("provider with a space after", File("""{ "provider": §"openai " }"""), "provider"),
        new("provider in capitals", File("""{ "provider": "openai", §"Provider": "openai" }"""), "'provider'"),

        new("workspace null", OpenAI("\"workspace\": §null"), "workspace"),
        new("workspace a number", OpenAI("\"workspace\": §7"), "workspace"),
        new("workspace empty", OpenAI("\"workspace\": §\"\""), "workspace"),
        new("workspace blank", OpenAI("\"workspace\": §\"\\t\""), "workspace"),

        new("id null", OpenAI("\"id\": §null"), "id"),
        new("id a number", OpenAI("\"id\": §7"), "id"),
        new("id that is not one", OpenAI("\"id\": §\"Production\""), "id"),
        new("id too short", OpenAI($"\"id\": §\"{Id[..^1]}\""), "id"),
        new("id with braces", OpenAI($"\"id\": §\"{{{Id}}}\""), "id"),

        new("name empty", OpenAI("\"name\": §\"\""), "name"),
        new("name too long", OpenAI($"\"name\": §\"{Long}\""), "255"),
        new("name a number", OpenAI("\"name\": §7"), "name"),
        new("name a list", OpenAI("\"name\": §[\"Production\"]"), "name"),

        new("previousName null", OpenAI("\"name\": \"New\", \"previousName\": §null"), "previousName"),
        new("previousName empty", OpenAI("\"name\": \"New\", \"previousName\": §\"\""), "previousName"),
        new("previousName too long", OpenAI($"\"name\": \"New\", \"previousName\": §\"{Long}\""), "255"),
        new("previousName a number", OpenAI("\"name\": \"New\", \"previousName\": §7"), "previousName"),
        new("previousName with id", OpenAI($"\"name\": \"New\", \"id\": \"{Id}\", \"previousName\": §\"Old\""), "id"),
        new(
            "previousName without name",
            File("""§{ "provider": "openai", "previousName": "Old" }"""),
            "name"),

        new("unknown property near workspace", OpenAI("§\"worspace\": \"production\""), "'workspace'"),
        new("unknown property in other case", OpenAI("§\"isbyokonly\": true"), "'isByokOnly'"),
        new("unknown property as the API calls it", OpenAI("§\"allowed_models\": null"), "'allowedModels'"),
        new("unknown property of the API", OpenAI("§\"sortOrder\": 1"), "sortOrder"),
        new("unknown property in Chinese", OpenAI("\"name\": \"生产\", §\"工作区\": 1"), "工作区"),
        new("name twice", OpenAI("\"name\": \"One\", §\"name\": \"Two\""), "name") { SchemaSees = false },

        Twice("same name", "\"name\": \"One\"", "\"name\": \"One\"", "One"),
        Twice(
            "same name and workspace",
            "\"workspace\": \"production\", \"name\": \"One\"",
            "\"name\": \"One\", \"workspace\": \"production\"",
            "One"),
        Twice("same name with an escape", "\"name\": \"One\"", "\"name\": \"\\u004fne\"", "One"),
        Twice("both without a name", "\"disabled\": true", "\"disabled\": false", "openai"),
        Twice("both without a name, one null", "\"disabled\": true", "\"name\": null", "openai"),
        Twice("same id", $"\"id\": \"{Id}\"", $"\"id\": \"{Id}\", \"name\": \"One\"", Id),
    ];

    private static WrongConfiguration Twice(string name, string one, string other, string word) =>
        new(
            name,
            File($$"""{ "provider": "openai", {{one}} }""", $$"""§{ "provider": "openai", {{other}} }"""),
            word)
        {
            SchemaSees = false,
        };
}
