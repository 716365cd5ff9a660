using System.Collections.Generic;
using System.Linq;
using static OpenRouter.Byok.Tests.Configuration.WrongConfiguration;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What can be wrong with each setting of an entry.</summary>
internal static class WrongSettings
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly string UpperHash = Hash.ToUpperInvariant();

    private static readonly string[] Lists = ["allowedModels", "allowedApiKeys", "allowedUsers"];

    private static readonly string[] Switches = ["disabled", "isFallback", "isRequired", "isByokOnly"];

    private static readonly WrongConfiguration[] OfOne =
    [
        Setting("declaredZdr", "as text", "§\"true\""),
        Setting("declaredZdr", "a number", "§0"),
        Setting("declaredZdr", "a list", "§[]"),
        Setting("declaredRegion", "a number", "§1"),
        Setting("declaredRegion", "false", "§false"),
        Setting("declaredRegion", "a list", "§[\"europe\"]"),
        Setting("declaredRegion", "empty", "§\"\""),
        Setting("declaredRegion", "blank", "§\"  \""),
        Setting("allowedModels", "with two that differ in case", "[\"openai/gpt-4o\", §\"OpenAI/GPT-4o\"]") with
        {
            SchemaSees = false,
        },
        Setting("allowedApiKeys", "with two hashes that differ in case", $"[\"{Hash}\", §\"{UpperHash}\"]") with
        {
            SchemaSees = false,
        },
        Setting("allowedApiKeys", "with an API key", $"[\"Storefront\", §\"{Literal}\"]"),
        new("isFallback and isByokOnly", OpenAI("\"isFallback\": true, \"isByokOnly\": §true"), "isFallback"),
        new("isByokOnly and isFallback", OpenAI("\"isByokOnly\": §true, \"isFallback\": true"), "isFallback"),
        new(
            "disabled as text after a name with umlauts",
            OpenAI("\"name\": \"Prüfung für später\", \"disabled\": §\"yes\""),
            "disabled"),
        new(
            "disabled as text with line ends of Windows",
            OpenAI("\n\n  \"name\": \"One\",\n  \"disabled\": §\"yes\"").Replace("\n", "\r\n"),
            "disabled"),
    ];

    public static IEnumerable<WrongConfiguration> All =>
        [.. Lists.SelectMany(OfList), .. Switches.SelectMany(OfSwitch), .. OfOne];

    private static IEnumerable<WrongConfiguration> OfList(string name) =>
    [
        Setting(name, "as text", "§\"a/b\""),
        Setting(name, "an object", "§{ \"a\": 1 }"),
        Setting(name, "false", "§false"),
        Setting(name, "empty", "§[]"),
        Setting(name, "with 101 entries", $"§[{string.Join(", ", Enumerable.Repeat(1, 101).Select(Entry))}]"),
        Setting(name, "with an empty entry", "[\"a/b\", §\"\"]"),
        Setting(name, "with a blank entry", "[§\" \", \"a/b\"]"),
        Setting(name, "with null", "[\"a/b\",\n      §null]"),
        Setting(name, "with a number", "[\"a/b\", §7]"),
        Setting(name, "with a list", "[§[\"a/b\"]]"),
        Setting(name, "with the same twice", "[\"a/b\", \"c/d\", §\"a/b\"]"),
    ];

    private static IEnumerable<WrongConfiguration> OfSwitch(string name) =>
    [
        Setting(name, "null", "§null"),
        Setting(name, "as text", "§\"true\""),
        Setting(name, "a number", "§1"),
        Setting(name, "a list", "§[true]"),
    ];

    private static string Entry(int one, int index) => $"\"entry{one + index}\"";

    private static WrongConfiguration Setting(string name, string fault, string value) =>
        new($"{name} {fault}", OpenAI($"\"{name}\": {value}"), name);
}
