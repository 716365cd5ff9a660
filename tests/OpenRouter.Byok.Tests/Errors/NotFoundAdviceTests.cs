using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace OpenRouter.Byok.Tests.Errors;

/// <summary>What to do about a 404: it depends on what was asked, and of whom.</summary>
public sealed class NotFoundAdviceTests : IClassFixture<ScriptedShell>
{
    private const string Incomplete = "The address of the session does not end in /api/v1";

    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public NotFoundAdviceTests(ScriptedShell scripted) => (server, shell) = (scripted.Reset().Server, scripted.Shell);

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Id $id", "Look for the credential with Get-OpenRouterByokKey")]
    [InlineData("Set-OpenRouterByokKey -Id $id -Disabled", "Look for the credential with Get-OpenRouterByokKey")]
    [InlineData("Remove-OpenRouterByokKey -Id $id -Confirm:$false", "Look for the credential with Get-")]
    [InlineData("Get-OpenRouterWorkspace -Id $id", "Look for the workspace with Get-OpenRouterWorkspace.")]
    [InlineData("Get-OpenRouterByokKey -WorkspaceId $id", "Look for the workspace with Get-OpenRouterWorkspace.")]
    [InlineData("Get-OpenRouterApiKey -WorkspaceId $id", "Look for the workspace with Get-OpenRouterWorkspace.")]
    [InlineData("New-OpenRouterByokKey openai $key -WorkspaceId $id", "Look for the workspace with Get-OpenRouterWork")]
    [InlineData("Get-OpenRouterApiKey -Hash $hash", "Look for the API key with Get-OpenRouterApiKey")]
    [InlineData("Get-OpenRouterByokUsage -WorkspaceId $id", "Look for the workspace with Get-OpenRouterWorkspace and")]
    [InlineData("Get-OpenRouterByokKey", "Check the address (Get-OpenRouterContext)")]
    [InlineData("Get-OpenRouterApiKey", "Check the address (Get-OpenRouterContext)")]
    [InlineData("Get-OpenRouterWorkspace", "Check the address (Get-OpenRouterContext)")]
    [InlineData("Get-OpenRouterProvider", "Check the address (Get-OpenRouterContext)")]
    [InlineData("Get-OpenRouterModel", "Check the address (Get-OpenRouterContext)")]
    [InlineData("Get-OpenRouterByokUsage", "Check the address (Get-OpenRouterContext)")]
    [InlineData("New-OpenRouterByokKey openai $key", "Check the address (Get-OpenRouterContext)")]
    public void The_advice_is_about_what_was_asked(string script, string advice)
    {
        var error = Run(script);

        Assert.Equal("OpenRouterByok.NotFound", error.FullyQualifiedErrorId.Split(',').First());
        Assert.StartsWith(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/api/v1/byok")]
    public void An_address_that_does_not_go_down_to_the_API_is_said_to(string path)
    {
        Connect(path);
        foreach (var answer in new[] { Response.Error(404, "Not Found"), Response.Html(404), Response.Html(200) })
        {
            server.DefaultResponse = _ => answer;
            foreach (var script in new[]
                     {
                         "Get-OpenRouterByokKey", "Get-OpenRouterProvider",
                         "Connect-OpenRouter $key -BaseUri $uri -MaximumRetryCount 0",
                     })
            {
                var error = Run(script, path);

                Assert.StartsWith(Incomplete, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/")]
    [InlineData("/gateway/api/v1")]
    public void One_that_does_is_not(string path)
    {
        Connect(path);
        foreach (var answer in new[] { Response.Error(404, "Not Found"), Response.Html(200) })
        {
            server.DefaultResponse = _ => answer;

            var advice = Run("Get-OpenRouterByokKey", path).ErrorDetails.RecommendedAction;

            Assert.DoesNotContain(Incomplete, advice, StringComparison.Ordinal);
            Assert.Contains("check the address", advice, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void A_credential_may_be_gone_or_the_address_incomplete()
    {
        Connect("/openrouter");

        var advice = Run("Get-OpenRouterByokKey -Id $id").ErrorDetails.RecommendedAction;

        Assert.StartsWith("Look for the credential", advice, StringComparison.Ordinal);
        Assert.Contains(Incomplete, advice, StringComparison.Ordinal);
    }

    private void Connect(string path) =>
        shell.Connect(AddressOf(path), ScriptedServer.Key, "-MaximumRetryCount 0");

    private Uri AddressOf(string path) => new($"http://127.0.0.1:{server.Port}{path}");

    private ErrorRecord Run(string script, string path = "/api/v1") => shell.Run(
        script,
        new { id = Samples.Id, hash = Samples.Hash, key = Secret.Of("k"), uri = AddressOf(path) }).OnlyError();
}
