using System;
using OpenRouter.Byok.Cmdlets;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Errors;

/// <summary>Whether people see what to do: PowerShell shows an error's recommendation since 7.5.</summary>
public sealed class DisplayedErrorTests : IClassFixture<ScriptedShell>
{
    private const string Advice = "Run Connect-OpenRouter, or set OPENROUTER_MANAGEMENT_KEY.";

    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public DisplayedErrorTests(ScriptedShell scripted) => (server, shell) = (scripted.Reset().Server, scripted.Shell);

    [Theory]
    [InlineData("3.0.0.0")]
    [InlineData("7.2.0.500")]
    [InlineData("7.4.0.500")]
    [InlineData("7.4.19.500")]
    public void Where_the_engine_does_not_show_it_the_text_says_it_too(string engine)
    {
        var record = ErrorRecordFactory.Create(Failure, "target", Version.Parse(engine));

        Assert.Equal("There is no key. " + Failure.RecommendedAction, record.ToString());
        IsUsual(record);
    }

    [Theory]
    [InlineData("7.5.0.0")]
    [InlineData("7.5.0.500")]
    [InlineData("7.6.0.500")]
    [InlineData("8.0.0.0")]
    public void Where_it_does_the_text_does_not_say_it_twice(string engine)
    {
        var record = ErrorRecordFactory.Create(Failure, "target", Version.Parse(engine));

        Assert.Equal("There is no key.", record.ToString());
        IsUsual(record);
    }

    [Fact]
    public void The_engine_at_hand_shows_it_once()
    {
        server.Then(Response.Error(404, "Resource not found"), Response.Error(404, "Resource not found"));
        var error = shell.Run("Get-OpenRouterByokKey -Id $id", new { id = Samples.Id }).OnlyError();

        var screen = shell.Show("$error[0]").ReplaceLineEndings(" ");

        Assert.Contains("the API returned status 404", screen, StringComparison.Ordinal);
        Assert.Equal(2, screen.Split("Look for the credential").Length);
        Assert.DoesNotContain("Look for the credential", error.ToString(), StringComparison.Ordinal);
    }

    private static OpenRouterException Failure => new(ErrorReason.NoKey, "There is no key.");

    private static void IsUsual(System.Management.Automation.ErrorRecord record)
    {
        Assert.Equal("OpenRouterByok.NoKey", record.FullyQualifiedErrorId);
        Assert.Equal("target", record.TargetObject);
        Assert.Equal("There is no key.", record.Exception.Message);
        Assert.StartsWith(Advice, record.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
