using System;
using System.Linq;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What a configuration may have as a key, and what it may not.</summary>
public sealed class KeyReferenceReaderTests
{
    // Stands in each text that must not be repeated.
    private const string Literal = "hunter2hunter2hunter2";

    private const string KeyItself = "sk-proj-" + Literal;

    public static TheoryData<string, string> References => new()
    {
        { """{ "env": "NAME" }""", "environment variable NAME" },
        { """{ "secret": "x" }""", "secret 'x'" },
        { """{ "secret": "x", "vault": "y" }""", "secret 'x' in vault 'y'" },
        { """{ "vault": "y", "secret": "x" }""", "secret 'x' in vault 'y'" },
        { """{ "file": "../keys/x.txt" }""", "file '../keys/x.txt'" },
    };

    /// <summary>The provider, the text, where it is wrong, and a part of what the error says.</summary>
    public static TheoryData<string, string, string, string> Refused => new()
    {
        { "openai", $"\"{KeyItself}\"", "1:1", """{ "secret": "name", "vault": "vault" }""" },
        { "openai", $"\n  \"{Literal}\"", "2:3", "The key itself must not be in a configuration" },
        { "openai", "12345", "1:1", "The key itself" },
        { "openai", "true", "1:1", "The key itself" },
        { "openai", "null", "1:1", "To leave the key unmanaged, omit the property." },
        { "openai", """{ "env": 5 }""", "1:10", "The value of 'env' must be text, and not blank." },
        { "openai", """{ "env": null }""", "1:10", "must be text" },
        { "openai", """{ "env": "" }""", "1:10", "must be text" },
        { "openai", """{ "env": { "env": "A" } }""", "1:10", "must be text" },
        { "anthropic", """{ "env": ["A"] }""", "1:10", "must be text" },
        { "openai", """{ "file": "  " }""", "1:11", "'file' must be text" },
        { "openai", """{ "secret": "a", "vault": false }""", "1:27", "'vault' must be text" },
        { "openai", $$"""{ "env": "{{KeyItself}}" }""", "1:10", "This text looks like a key" },
        { "openai", $$"""{ "secret": " {{KeyItself}}" }""", "1:13", "This text looks like a key" },
        { "openai", $$"""{ "file": "-----BEGIN PRIVATE KEY {{Literal}}" }""", "1:11", "This text looks like a key" },
        { "openai", $$"""{ "env": "A", "{{KeyItself}}": 1 }""", "1:15", "The property '…' is not allowed" },
        {
            "openai", $$"""{ "env": "A", "vault": "{{Literal}}" }""", "1:15",
            "The property 'vault' is not allowed in a reference with 'env'. Allowed: env."
        },
        {
            "openai", $$"""{ "secret": "A", "vualt": "{{Literal}}" }""", "1:18",
            "Allowed: secret, vault. Did you mean 'vault'?"
        },
        { "openai", """{ "secret": "A", "Vault": "B" }""", "1:18", "Did you mean 'vault'?" },
        { "openai", """{ "env": "A", "file": "B" }""", "1:15", "'file' is not allowed in a reference with 'env'" },
        { "openai", "{}", "1:1", "The object is not a known reference to a key" },
        { "mistral", $$"""{ "op": "{{Literal}}" }""", "1:1", "these: env, secret, file. For references of other" },
        { "mistral", """{ "vault": "A", "secrt": "B" }""", "1:17", "Did you mean 'secret' instead of 'secrt'?" },
        { "mistral", """{ "ENV": "A" }""", "1:3", "Did you mean 'env' instead of 'ENV'?" },
        { "openai", """{ "apikey": { "env": "A" } }""", "1:3", "Did you mean 'api_key' instead of 'apikey'?" },
    };

    [Theory]
    [MemberData(nameof(References))]
    public void A_reference_is_read(string json, string description)
    {
        Assert.All(["openai", "azure", "acme"], provider => Assert.Equal(
            description, KeyReferenceText.Describe(KeyNodes.Reference(json, provider))));
        Assert.Equal(description, KeyReferenceText.Describe(KeyNodes.Reference(json, "acme", hasResolver: true)));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Anything_else_is_refused_with_its_place_and_not_repeated(
        string provider, string json, string place, string message)
    {
        var failure = Assert.Throws<OpenRouterException>(() => KeyNodes.Reference(json, provider));

        Assert.Equal(ErrorReason.InvalidConfiguration, failure.Reason);
        Assert.StartsWith($"{KeyNodes.FileName}:{place}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.DoesNotContain(Literal, failure.ToString() + failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_scan_would_find_a_literal()
    {
        var repeated = new OpenRouterException(ErrorReason.InvalidConfiguration, Messages.SourceFile, KeyItself);

        Assert.Contains(Literal, repeated.ToString() + repeated.RecommendedAction, StringComparison.Ordinal);
        Assert.True(((System.Collections.IEnumerable)Refused).Cast<object>().Count() > 20);
        Assert.Contains(Literal, KeyItself, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_reported()
    {
        var failure = Assert.Throws<OpenRouterException>(
            () => KeyNodes.Reference("{\n\"secret\": 1,\n\"vualt\": 2,\n\"env\": 3 }"));

        Assert.Equal(
            ["keys.json:2:11", "keys.json:3:1", "keys.json:4:1"],
            failure.Message.Split('\n').Select(static line => line[..line.IndexOf(": ", StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("mistral", """{ "op": "op://vault/item" }""")]
    [InlineData("openai", """{ "keyVault": "contoso", "name": "openai", "versions": [1, { "a": null }] }""")]
    [InlineData("azure", """{ "op": { "vault": "a", "secret": "b", "section": "c" } }""")]
    [InlineData("mistral", """{ "op": { "vault": "a", "secret": "b", "section": "c" } }""")]
    public void Other_objects_are_for_the_resolver(string provider, string json)
    {
        var reference = Assert.IsType<ResolverReference>(KeyNodes.Reference(json, provider, hasResolver: true));

        Assert.Equal("-SecretResolver", KeyReferenceText.Describe(reference));
        Assert.IsType<ObjectNode>(reference.Object);
        Assert.Equal("keys.json:1:1", reference.Position.ToString());
    }

    [Theory]
    [InlineData("""{ "op": "a", "OP": "b" }""", "1:14", "has a property 'OP' that PowerShell cannot have")]
    [InlineData("""{ "op": { "": "b" } }""", "1:11", "has a property '' that PowerShell cannot have")]
    [InlineData($$"""{ "op": ["{{KeyItself}}"] }""", "1:10", "This text looks like a key")]
    [InlineData("{}", "1:1", "is not a known reference")]
    [InlineData("""{ "secret": "a", "keyVault": "b" }""", "1:18", "Allowed: secret, vault.")]
    [InlineData($"\"{Literal}\"", "1:1", "The key itself")]
    public void A_resolver_does_not_get_what_is_no_reference(string json, string place, string message)
    {
        var failure = Assert.Throws<OpenRouterException>(() => KeyNodes.Reference(json, hasResolver: true));

        Assert.StartsWith($"{KeyNodes.FileName}:{place}: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Literal, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_PowerShell_have_no_case()
    {
        var errors = new ConfigurationErrors();
        var node = KeyNodes.Parse("""{ "Secret": "x", "VAULT": "y" }""", isPowerShell: true);

        var reference = new KeyReferenceReader(hasResolver: false).Read(node, "openai", errors);

        errors.ThrowIfAny();
        Assert.Equal("""{"secret":"x","vault":"y"}""", KeyReferenceText.Canonical(reference!));
    }
}
