using System;
using System.Linq;
using System.Text;
using Xunit;

namespace OpenRouter.Byok.Tests.Session;

/// <summary>What is said aloud, and what is not.</summary>
public sealed class SecretTests : IClassFixture<ScriptedShell>
{
    private const string ProviderKey = "sk-proj-Zq9/wV8+xY7\"uT6=secret";

    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public SecretTests(ScriptedShell scripted) => (server, shell) = (scripted.Reset().Server, scripted.Shell);

    [Fact]
    public void Verbose_and_debug_tell_of_the_request_and_never_of_its_headers_or_body()
    {
        server.Then(
            Response.Json(Samples.Published, status: 201, "X-Request-Id: req_42"), Response.Json(Samples.Published),
            Response.Json("""{"deleted":true}"""));

        var result = shell.Run(
            """
            New-OpenRouterByokKey openai $key -Name Prod -Verbose -Debug
            Set-OpenRouterByokKey $id -Key $key -Verbose -Debug
            Remove-OpenRouterByokKey $id -Confirm:$false -Verbose -Debug
            """,
            new { key = Secret.Of(ProviderKey), id = Samples.Id });

        Assert.Empty(result.Errors);
        Assert.Contains(
            result.Verbose,
            static line => line.StartsWith("POST /byok: 201 after ", StringComparison.Ordinal)
                && line.EndsWith(" ms (attempt 1, request req_42)", StringComparison.Ordinal));
        Assert.Contains(
            result.Verbose,
            static line => line.StartsWith($"PATCH /byok/{Samples.Id}: 200 after ", StringComparison.Ordinal));
        Assert.Contains(
            result.Verbose,
            static line => line.StartsWith($"DELETE /byok/{Samples.Id}: 200 after ", StringComparison.Ordinal));
        SaysNothingOf(result, ProviderKey);
        SaysNothingOf(result, ScriptedServer.Key);
    }

    [Theory]
    [InlineData("whole")]
    [InlineData("json")]
    [InlineData("url")]
    [InlineData("base64")]
    [InlineData("base64 inside")]
    [InlineData("cut")]
    public void A_server_that_repeats_a_secret_is_not_quoted(string form)
    {
        var said = form switch
        {
            "json" => ProviderKey.Replace("\"", "\\\"", StringComparison.Ordinal),
            "url" => Uri.EscapeDataString(ProviderKey),
            "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(ProviderKey)),
            "base64 inside" => Convert.ToBase64String(Encoding.UTF8.GetBytes("xy" + ProviderKey)),
            "cut" => ProviderKey[..20],
            _ => ProviderKey,
        };
        server.Then(Response.Error(400, $"The key {said} is wrong, as is {ScriptedServer.Key}"));

        var result = shell.Run("New-OpenRouterByokKey openai $key", new { key = Secret.Of(ProviderKey) });

        var text = Assert.Single(result.Errors).ToString();
        Assert.Contains("[redacted]", text, StringComparison.Ordinal);
        Assert.EndsWith("is wrong, as is [redacted].", text, StringComparison.Ordinal);
        Assert.DoesNotContain(said[4..16], result.Everything, StringComparison.Ordinal);
        SaysNothingOf(result, said);
        SaysNothingOf(result, ScriptedServer.Key);
    }

    [Fact]
    public void The_management_key_is_in_the_header_of_the_request_and_nowhere_else_in_it()
    {
        server.DefaultResponse = Samples.Echo;

        shell.Run("Set-OpenRouterByokKey $id -NewName x", new { id = Samples.Id }).IsSilent();

        var request = Assert.Single(server.Requests);
        Assert.Equal("Bearer " + ScriptedServer.Key, request.Header("Authorization"));
        Assert.Equal(1, request.Head.Split(ScriptedServer.Key).Length - 1);
        Assert.DoesNotContain(ScriptedServer.Key, request.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OpenRouterContext")]
    [InlineData("(Get-OpenRouterContext).PSObject.Properties | ForEach-Object { $_.Value }")]
    [InlineData("\"$(Get-OpenRouterContext)\"")]
    public void A_session_shows_nothing_of_its_key(string script) =>
        Assert.DoesNotContain(ScriptedServer.Key, shell.Show(script), StringComparison.Ordinal);

    private void SaysNothingOf(RunResult result, string secret)
    {
        Assert.DoesNotContain(secret, result.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, shell.Host.Screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            shell.Run("$Error").Output, record => record.ToString().Contains(secret, StringComparison.Ordinal));
        Assert.Equal(
            result.Output.Count,
            result.Output.Count(item => !item.ToString().Contains(secret, StringComparison.Ordinal)));
    }
}
