using System.Collections.Generic;
using static OpenRouter.Byok.Tests.Configuration.WrongConfiguration;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What can be wrong with a reference to a key.</summary>
internal static class WrongKeys
{
    public static IReadOnlyList<WrongConfiguration> All { get; } =
    [
        Key("key as text", $"§\"{Literal}\"", "key"),
        Key("key as text that looks like a variable", "§\"$env:OPENAI_KEY\"", "env"),
        Key("key empty text", "§\"\"", "key"),
        Key("key null", "§null", "null"),
        Key("key a number", "§7", "key"),
        Key("key true", "§true", "key"),
        Key("key an empty object", "§{}", "env"),
        Key("key an empty list", "§[]", "key"),

        Key("env a number", "{ \"env\": §7 }", "env"),
        Key("env null", "{ \"env\": §null }", "env"),
        Key("env empty", "{ \"env\": §\"\" }", "env"),
        Key("env blank", "{ \"env\": §\" \" }", "env"),
        Key("env a key", $"{{ \"env\": §\"{Literal}\" }}", "key"),
        Key("env with vault", "{ \"env\": \"A\", §\"vault\": \"Team\" }", "vault"),
        Key("env with another property", "{ \"env\": \"A\", §\"default\": \"\" }", "default"),
        Key("env with file", "{ \"env\": \"A\", §\"file\": \"b\" }", "file"),

        Key("secret a number", "{ \"secret\": §7 }", "secret"),
        Key("secret null", "{ \"secret\": §null, \"vault\": \"Team\" }", "secret"),
        Key("secret blank", "{ \"secret\": §\" \", \"vault\": \"Team\" }", "secret"),
        Key("secret a key", $"{{ \"secret\": §\"{Literal}\", \"vault\": \"Team\" }}", "key"),
        Key("vault null", "{ \"secret\": \"a\", \"vault\": §null }", "vault"),
        Key("vault a number", "{ \"secret\": \"a\", \"vault\": §7 }", "vault"),
        Key("vault blank", "{ \"secret\": \"a\", \"vault\": §\"\" }", "vault"),
        Key("unknown property near vault", "{ \"secret\": \"a\", §\"valut\": \"Team\" }", "'vault'"),
        Key("vault in capitals", "{ \"secret\": \"a\", §\"Vault\": \"Team\" }", "'vault'"),

        Key("file a number", "{ \"file\": §7 }", "file"),
        Key("file blank", "{ \"file\": §\"\" }", "file"),
        Key("file a private key", "{ \"file\": §\"-----BEGIN PRIVATE KEY-----\" }", "key"),
        Key("file with encoding", "{ \"file\": \"a\", §\"encoding\": \"utf8\" }", "encoding"),

        // Only -SecretResolver knows these objects, so the schema allows them.
        Key("object for -SecretResolver", "§{ \"onePassword\": \"op://Team/OpenAI\" }", "SecretResolver", false),
        Key("env in capitals", "{ §\"ENV\": \"OPENAI_KEY\" }", "'env'", false),
        Key("vault without secret", "§{ \"vault\": \"Team\" }", "secret", false),
        Key("unknown property near secret", "{ §\"secrte\": \"openai\", \"vault\": \"Team\" }", "'secret'", false),
        new(
            "object without a reference",
            Provider("acme-ai", "\"key\": §{ \"region\": \"us\", \"project\": \"x\" }"),
            "SecretResolver")
        {
            SchemaSees = false,
        },
    ];

    private static WrongConfiguration Key(string name, string key, string word, bool schemaSees = true) =>
        new(name, Provider("anthropic", "\"key\": " + key), word) { SchemaSees = schemaSees };
}
