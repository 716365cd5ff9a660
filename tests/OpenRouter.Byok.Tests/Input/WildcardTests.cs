using System;
using Xunit;

namespace OpenRouter.Byok.Tests.Input;

/// <summary>A malformed wildcard is told in one sentence, and nothing is asked for.</summary>
public sealed class WildcardTests : IClassFixture<ScriptedShell>
{
    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public WildcardTests(ScriptedShell scripted) => (server, shell) = (scripted.Reset().Server, scripted.Shell);

    [Theory]
    [InlineData("Get-OpenRouterByokKey '[a'")]
    [InlineData("Get-OpenRouterByokKey main, '[a' -AllWorkspaces -ApiKey Storefront")]
    [InlineData("Get-OpenRouterByokKey -Provider openai, '[a'")]
    [InlineData("Get-OpenRouterProvider '[a'")]
    [InlineData("Get-OpenRouterModel '[a'")]
    [InlineData("Get-OpenRouterModel -Provider openai, '[a'")]
    [InlineData("Get-OpenRouterWorkspace '[a'")]
    [InlineData("Get-OpenRouterMember '[a'")]
    [InlineData("Get-OpenRouterApiKey '[a' -AllWorkspaces")]
    [InlineData("Get-OpenRouterByokUsage -Model '[a'")]
    [InlineData("Get-OpenRouterByokUsage -Provider '[a'")]
    public void It_is_an_invalid_argument(string command)
    {
        var error = shell.Run(command).OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidArgument,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(
            "'[a' is not a valid wildcard pattern. To match a bracket literally, put a backtick before it.",
            error.ToString());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void What_the_sentence_says_is_right()
    {
        server.Then(Response.Json(Samples.Page(
            1, "\"id\":\"k1\",\"provider\":\"openai\",\"name\":\"[a\"", "\"id\":\"k2\",\"provider\":\"openai\"")));

        Assert.Equal("k1", shell.Run("Get-OpenRouterByokKey '`[a'").Only<ByokKey>().Id);
    }
}
