using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Tests.KeyFormats;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Keys from people's own script block.</summary>
public sealed class KeyResolverTests : IClassFixture<KeyShell>
{
    private const string Key = "sk-hunter2hunter2hunter2";

    private readonly KeyShell shell;
    private readonly List<string> calls = [];
    private readonly List<PSObject> seen = [];

    public KeyResolverTests(KeyShell shell) => this.shell = shell;

    [Fact]
    public void The_resolver_gets_the_object()
    {
        var result = Resolve(
            """
            param($reference)
            $seen.Add($reference)
            $key
            """,
            """{ "b": "text", "A": { "n": [1, 1.50, 1e3, 12345678901, null, true, { "x": [] }] } }""");

        Assert.Equal(Key, result.Only<SecureString>().Reveal());
        var reference = Assert.Single(seen);
        Assert.Equal("System.Management.Automation.PSCustomObject", reference.TypeNames[0]);
        Assert.Equal(["b", "A"], reference.Properties.Select(static property => property.Name));
        Assert.Equal("text", reference.Properties["b"].Value);
        var inner = Assert.IsType<PSObject>(reference.Properties["A"].Value);
        var numbers = Assert.IsType<object?[]>(inner.Properties["n"].Value);
        Assert.Equal([1L, 1.50m, 1000m, 12345678901L, null, true], numbers[..6]);
        Assert.Empty(Assert.IsType<object?[]>(Assert.IsType<PSObject>(numbers[6]).Properties["x"].Value));
    }

    [Fact]
    public void The_resolver_is_asked_once_for_each_object()
    {
        var result = Resolve(
            "$seen.Add($args[0]); $key",
            """{ "op": "a", "n": 1 }""",
            """{ "n": 1, "op": "a" }""",
            """{ "n": 1, "op": "A" }""");

        Assert.Equal(3, result.All<SecureString>().Count);
        Assert.Equal(["a", "A"], seen.Select(static reference => (string)reference.Properties["op"].Value));
    }

    [Fact]
    public void The_resolver_sees_the_variables_of_its_caller()
    {
        var names = new[] { "script", "arguments", "reference", "block", "resolver" };
        var before = string.Concat(names.Select(static name => $"${name} = '{name}';"));

        var result = shell.Get(
            $"-SecretResolver {{ $calls.Add((${string.Join(" + $", names)})); $key }}",
            before,
            new { key = Byok.Tests.Secret.Of(Key), calls },
            Reference("""{ "op": "a" }"""));

        Assert.Equal(Key, result.Only<SecureString>().Reveal());
        Assert.Equal("scriptargumentsreferenceblockresolver", Assert.Single(calls));
    }

    [Theory]
    [MemberData(nameof(WrongSecrets.All), MemberType = typeof(WrongSecrets))]
    public void A_resolver_that_returns_something_else_is_an_error(string returned, string description) =>
        KeyShell.Failure(
            Resolve(returned, """{ "op": "a" }"""),
            $"keys.json:2:3: Getting the key from -SecretResolver returned {description}, "
            + "but one SecureString is required.",
            "Correct the script block of -SecretResolver",
            "hunter2");

    [Theory]
    [InlineData("throw 'op: not signed in'", "op: not signed in")]
    [InlineData("throw \"a`nb\"", "a`nb")]
    [InlineData("$null.Foo()", "You cannot call a method on a null-valued expression.")]
    public void A_resolver_that_fails_is_an_error(string script, string message) => KeyShell.Failure(
        Resolve($"$secret = '{Key}'; {script}", """{ "op": "a" }"""),
        "keys.json:2:3: Getting the key from -SecretResolver failed: " + message,
        "Correct the script block",
        "hunter2");

    [Fact]
    public void What_a_resolver_reports_beside_the_key_is_seen()
    {
        var result = Resolve(
            """
            [CmdletBinding()] param($reference)
            $PSCmdlet.WriteWarning('slow')
            $PSCmdlet.WriteError([Management.Automation.ErrorRecord]::new(
                [Exception]::new('odd'), 'a', 'NotSpecified', $null))
            $key
            """,
            """{ "op": "a" }""");

        Assert.Single(result.Output);
        Assert.Equal("slow", Assert.Single(result.Warnings));
        Assert.Equal("odd", Assert.Single(result.Errors).Exception.Message);
    }

    [Fact]
    public void A_resolver_that_returns_an_empty_key_is_an_error() => KeyShell.Failure(
        Resolve("[securestring]::new()", """{ "op": "a" }"""),
        "keys.json:2:3: The value from -SecretResolver is empty.",
        "Correct the script block");

    [Fact]
    public void A_resolver_that_returns_no_key_is_an_error_with_its_place() => KeyShell.Failure(
        shell.Get("-SecretResolver { $wrong }", "", new { wrong = Byok.Tests.Secret.Of($"'{Key}'") }, Reference(
            """{ "op": "a" }""")),
        "keys.json:2:3: The value from -SecretResolver cannot be used. The key is enclosed in quotation marks.",
        "without the quotation marks",
        "hunter2");

    [Fact]
    public void The_scan_would_find_the_key() => Assert.Contains(
        "hunter2",
        Resolve($"throw '{Key}'", """{ "op": "a" }""").Everything,
        StringComparison.Ordinal);

    private RunResult Resolve(string script, params string[] objects) => shell.Get(
        $"-SecretResolver {{ {script} }}",
        "",
        new { key = Byok.Tests.Secret.Of(Key), seen },
        [.. objects.Select(Reference)]);

    private static KeyReference Reference(string json) => KeyNodes.Reference("\n  " + json, hasResolver: true);
}
