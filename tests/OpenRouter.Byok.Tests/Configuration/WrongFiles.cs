using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What can be wrong with a file, its defaults, and its scope.</summary>
internal static class WrongFiles
{
    private static readonly WrongConfiguration[] OfFile =
    [
        new("list instead of an object", "§[]", "object"),
        new("text instead of an object", "§\"openai\"", "object"),
        new("null instead of an object", "\n  §null", "object"),
        new("no version", """§{ "credentials": [] }""", "version"),
        new("no version after a comment", "// ü\r\n  §{ \"credentials\": [] }", "version"),
        new("version 2", """{ "version": §2, "credentials": [] }""", "version"),
        new("version 0", """{ "version": §0, "credentials": [] }""", "version"),
        new("version 1.5", """{ "version": §1.5, "credentials": [] }""", "version"),
        new("version as text", """{ "version": §"1", "credentials": [] }""", "version"),
        new("version true", """{ "version": §true, "credentials": [] }""", "version"),
        new("version null", """{ "version": §null, "credentials": [] }""", "version"),
        new("version twice", """{ "version": 1, §"version": 1, "credentials": [] }""", "version")
        {
            SchemaSees = false,
        },
        new("$schema a number", """{ "$schema": §1, "version": 1, "credentials": [] }""", "$schema"),
        new("$schema null", """{ "$schema": §null, "version": 1, "credentials": [] }""", "$schema"),
        new("no credentials", """§{ "version": 1 }""", "credentials"),
        new("credentials null", """{ "version": 1, "credentials": §null }""", "credentials"),
        new("credentials an object", """{ "version": 1, "credentials": §{ "provider": "openai" } }""", "credentials"),
        new("credentials as text", """{ "version": 1, "credentials": §"openai" }""", "credentials"),
        new("unknown property near scope", """{ "version": 1, §"scpoe": [], "credentials": [] }""", "'scope'"),
        new("scope in capitals", """{ "version": 1, §"Scope": [], "credentials": [] }""", "'scope'"),
        new("unknown property near none", """{ "version": 1, "credentials": [], §"zzz": 1 }""", "zzz"),
        new("property without a name", """{ "version": 1, "credentials": [], §"": 1 }""", "property"),
    ];

    private static readonly WrongConfiguration[] OfDefaults =
    [
        Defaults("defaults null", "§null", "defaults"),
        Defaults("defaults a list", "§[]", "defaults"),
        Defaults("defaults as text", "§\"openai\"", "defaults"),
        Defaults("provider in defaults", """{ §"provider": "openai" }""", "provider"),
        Defaults("workspace in defaults", """{ §"workspace": "production" }""", "workspace"),
        Defaults("name in defaults", """{ §"name": "Production" }""", "name"),
        Defaults("key in defaults", """{ §"key": { "env": "OPENAI_KEY" } }""", "key"),
        Defaults("unknown property in defaults", """{ §"isRequire": true }""", "'isRequired'"),
        Defaults("disabled null in defaults", """{ "disabled": §null }""", "disabled"),
        Defaults("isRequired as text in defaults", """{ "isRequired": §"no" }""", "isRequired"),
        Defaults("empty list in defaults", """{ "allowedModels": §[] }""", "allowedModels"),
    ];

    private static readonly WrongConfiguration[] OfScope =
    [
        Scope("scope null", "§null", "scope"),
        Scope("scope an object", """§{ "provider": "azure" }""", "scope"),
        Scope("scope as text", "§\"azure\"", "scope"),
        Scope("provider as text in scope", "[§\"azure\"]", "object"),
        Scope("null in scope", "[§null]", "object"),
        Scope("scope without a provider", """[{ "provider": "azure" }, §{ "workspace": "production" }]""", "provider"),
        Scope("empty object in scope", "[§{}]", "provider"),
        Scope("provider null in scope", """[{ "provider": §null }]""", "provider"),
        Scope("blank provider in scope", """[{ "provider": §"" }]""", "provider"),
        Scope("workspace null in scope", """[{ "provider": "azure", "workspace": §null }]""", "workspace"),
        Scope("blank workspace in scope", """[{ "provider": "azure", "workspace": §" " }]""", "workspace"),
        Scope("name in scope", """[{ "provider": "azure", §"name": "Production" }]""", "name"),
        Scope("unknown property in scope", """[{ "provider": "azure", §"worksapce": "x" }]""", "'workspace'"),
        Scope("scope twice", """[{ "provider": "azure" }, §{ "provider": "azure" }]""", "azure"),
        Scope(
            "scope twice in another order",
            """[{ "provider": "azure", "workspace": "x" }, §{ "workspace": "x", "provider": "azure" }]""",
            "azure"),
    ];

    public static IEnumerable<WrongConfiguration> All => OfFile.Concat(OfDefaults).Concat(OfScope);

    private static WrongConfiguration Defaults(string name, string defaults, string word) =>
        new(name, $$"""{ "version": 1, "defaults": {{defaults}}, "credentials": [] }""", word);

    private static WrongConfiguration Scope(string name, string scope, string word) =>
        new(name, $"{{\n\t\"version\": 1, \"credentials\": [],\n\t\"scope\": {scope}\n}}", word);
}
