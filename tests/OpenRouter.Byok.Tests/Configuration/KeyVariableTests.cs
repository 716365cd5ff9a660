using System;
using OpenRouter.Byok.Configuration;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Keys from environment variables.</summary>
public sealed class KeyVariableTests : IClassFixture<KeyShell>
{
    private const string Secret = "sk-hunter2hunter2hunter2";

    // No other test reads these.
    private const string Variable = "OPENROUTER_TESTS_KEYSOURCE_ONE";
    private const string WithSpace = "OPENROUTER_TESTS_KEYSOURCE_SPACE";
    private const string Json = "OPENROUTER_TESTS_KEYSOURCE_JSON";
    private const string Unset = "OPENROUTER_TESTS_KEYSOURCE_UNSET";
    private const string Empty = "OPENROUTER_TESTS_KEYSOURCE_EMPTY";

    private readonly KeyShell shell;

    static KeyVariableTests()
    {
        Environment.SetEnvironmentVariable(Variable, Secret);
        Environment.SetEnvironmentVariable(WithSpace, Secret + " ");
        Environment.SetEnvironmentVariable(Json, """{"api_key":"hunter2","region":"eu"}""");
        Environment.SetEnvironmentVariable(Empty, "");
    }

    public KeyVariableTests(KeyShell shell) => this.shell = shell;

    [Fact]
    public void An_environment_variable_is_a_key() => Assert.Equal(
        [Secret, """{"api_key":"hunter2","region":"eu"}""", Secret],
        shell.Keys(ToVariable(Variable), ToVariable(Json), ToVariable(Variable)));

    [Fact]
    public void An_unset_variable_is_an_error() => KeyShell.Failure(
        shell.Get(ToVariable(Unset)),
        $"keys.json:2:3: The environment variable {Unset} is not set.",
        $"Set the environment variable {Unset} in the process that runs this command");

    [Fact]
    public void An_empty_variable_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows may not know empty variables.");
        KeyShell.Failure(
            shell.Get(ToVariable(Empty)),
            $"keys.json:2:3: The value from environment variable {Empty} is empty.",
            "Set the environment variable");
    }

    [Fact]
    public void A_variable_that_holds_no_key_is_an_error_with_its_place() => KeyShell.Failure(
        shell.Get(ToVariable(WithSpace)),
        $"keys.json:2:3: The value from environment variable {WithSpace} cannot be used. "
        + "The key begins or ends with a space or a tab.",
        "Trim",
        Secret);

    [Fact]
    public void One_that_fails_does_not_keep_others_from_being_read()
    {
        var result = shell.Get(ToVariable(Unset), ToVariable(Variable));

        Assert.Single(result.Errors);
        Assert.Single(result.Output);
    }

    private static KeyReference ToVariable(string name) => KeyNodes.Reference($$"""{{"\n  "}}{ "env": "{{name}}" }""");
}
