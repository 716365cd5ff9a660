using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Tests.KeyFormats;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Keys from vaults, which a function stands in for.</summary>
public sealed class KeyVaultTests : IClassFixture<KeyShell>
{
    private const string Key = "sk-hunter2hunter2hunter2";

    // As SecretManagement's own, without the modules that the engine as a package has not.
    private const string Vault =
        """
        function Get-Secret {
            [CmdletBinding()]
            param([string] $Name, [string] $Vault)
            $calls.Add("$Name|$Vault|$ErrorActionPreference")
            if ($Name -eq 'missing') {
                $PSCmdlet.WriteError([Management.Automation.ErrorRecord]::new(
                    [Exception]::new("The secret $Name was not found."), 'NotFound', 'ObjectNotFound', $Name))
                return
            }
            if ($Name -eq 'locked') { throw 'The vault is locked.' }
            SECRET
        }
        """;

    private readonly KeyShell shell;
    private readonly List<string> calls = [];

    public KeyVaultTests(KeyShell shell) => this.shell = shell;

    [Fact]
    public void A_secret_is_asked_for_by_name_and_vault_once()
    {
        var result = Run(
            "$key",
            Reference("""{ "secret": "a", "vault": "V" }"""),
            Reference("""{ "vault": "V", "secret": "a" }"""),
            Reference("""{ "secret": "a", "vault": "W" }"""));

        Assert.Equal([Key, Key, Key], result.All<SecureString>().Select(static key => key.Reveal()));
        Assert.Equal(["a|V|Stop", "a|W|Stop"], calls);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Without_a_vault_there_is_one_warning_for_each_secret()
    {
        var result = Run(
            "$key", Reference("""{ "secret": "a" }"""), Reference("""{ "secret": "a" }"""),
            Reference("""{ "secret": "b" }"""));

        Assert.Equal(3, result.All<SecureString>().Count);
        Assert.Equal(["a||Stop", "b||Stop"], calls);
        Assert.Collection(
            result.Warnings,
            static a => Assert.Contains("Secret 'a' is taken from the first vault", a, StringComparison.Ordinal),
            static b => Assert.Contains("specify its name in \"vault\"", b, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("missing", "The secret missing was not found.")]
    [InlineData("locked", "The vault is locked.")]
    public void A_secret_that_cannot_be_read_is_an_error(string name, string message) => KeyShell.Failure(
        Run("$key", Reference($$"""{ "secret": "{{name}}", "vault": "V" }""")),
        $"keys.json:2:3: Getting the key from secret '{name}' in vault 'V' failed: {message}",
        "The vault must be registered and unlocked");

    [Theory]
    [MemberData(nameof(WrongSecrets.All), MemberType = typeof(WrongSecrets))]
    public void A_secret_of_another_type_is_an_error(string secret, string description) => KeyShell.Failure(
        Run(secret, Reference("""{ "secret": "a", "vault": "V" }""")),
        $"keys.json:2:3: Getting the key from secret 'a' in vault 'V' returned {description}, "
        + "but one SecureString is required.",
        "Set-Secret -SecureStringSecret",
        "hunter2");

    [Fact]
    public void An_empty_secret_is_an_error() => KeyShell.Failure(
        Run("[securestring]::new()", Reference("""{ "secret": "a", "vault": "V" }""")),
        "keys.json:2:3: The value from secret 'a' in vault 'V' is empty.",
        "Check the secret");

    [Fact]
    public void The_vaults_own_object_stays_valid()
    {
        var key = Byok.Tests.Secret.Of(Key);

        var result = Run("$key", key, Reference("""{ "secret": "a", "vault": "V" }"""));

        Assert.Equal(Key, result.Only<SecureString>().Reveal());
        Assert.Equal(Key, key.Reveal());
    }

    [Fact]
    public void Without_SecretManagement_the_error_says_how_to_get_it() => KeyShell.Failure(
        // Whoever runs the tests may have it.
        shell.Get(
            "",
            "$PSModuleAutoLoadingPreference = 'None'",
            null,
            Reference("""{ "secret": "a", "vault": "V" }""")),
        "keys.json:2:3: Getting the key from secret 'a' in vault 'V' is not possible: the command Get-Secret was not "
        + "found.",
        "Install-Module Microsoft.PowerShell.SecretManagement");

    private RunResult Run(string secret, params KeyReference[] references) =>
        Run(secret, Byok.Tests.Secret.Of(Key), references);

    private RunResult Run(string secret, SecureString key, params KeyReference[] references) =>
        shell.Get("", Vault.Replace("SECRET", secret, StringComparison.Ordinal), new { key, calls }, references);

    private static KeyReference Reference(string json) => KeyNodes.Reference("\n  " + json, hasResolver: true);
}
