using System;
using System.Linq;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Session;

/// <summary>The variables that OpenRouter's guides and SDK use. They belong to the whole process.</summary>
[Collection(NonParallel.Name)]
public sealed class EnvironmentTests : IClassFixture<SandboxShell>, IDisposable
{
    private readonly SandboxServer server;
    private readonly ModuleRunspace shell;

    public EnvironmentTests(SandboxShell sandbox)
    {
        (server, shell) = (sandbox.Reset().Server, sandbox.Shell);
        shell.Run("Disconnect-OpenRouter");
        Set(null, null, server.BaseUri.ToString());
    }

    public void Dispose() => Set(null, null, null);

    [Theory]
    [InlineData(true, false, "OPENROUTER_MANAGEMENT_KEY")]
    [InlineData(true, true, "OPENROUTER_MANAGEMENT_KEY")]
    [InlineData(false, true, "OPENROUTER_API_KEY")]
    public void A_key_is_found_without_connecting(bool hasManagementKey, bool hasApiKey, string source)
    {
        Set(
            hasManagementKey ? server.ManagementKey : null,
            !hasApiKey ? null : hasManagementKey ? server.InferenceKey : server.ManagementKey,
            server.BaseUri.ToString());

        Assert.NotEmpty(shell.Run("Get-OpenRouterByokKey").All<ByokKey>());

        var session = shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>();
        Assert.Equal(source, session.KeySource);
        Assert.Equal(server.BaseUri, session.BaseUri);
    }

    [Fact]
    public void The_same_variables_are_the_same_session_and_others_another()
    {
        Set(server.ManagementKey, null, server.BaseUri.ToString());
        var first = shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>();
        Assert.Same(first, shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>());

        Set(server.ManagementKey + "2", null, server.BaseUri.ToString());

        Assert.NotSame(first, shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>());
        Assert.Equal("OpenRouterByok.Unauthorized", IdOf("Get-OpenRouterByokKey"));
    }

    [Fact]
    public void A_connected_session_goes_before_the_variables()
    {
        Set("sk-or-v1-wrong", null, "https://wrong.example.com/");
        shell.Connect(server.BaseUri, server.ManagementKey);

        Assert.NotEmpty(shell.Run("Get-OpenRouterByokKey").All<ByokKey>());
    }

    [Fact]
    public void Connect_takes_the_key_from_the_variables_when_it_is_given_none()
    {
        Set(server.ManagementKey, null, server.BaseUri.ToString());

        var session = shell.Run("Connect-OpenRouter -PassThru").Only<OpenRouterSession>();

        Assert.Equal("OPENROUTER_MANAGEMENT_KEY", session.KeySource);
        Assert.NotNull(session.KeyLabel);
        Assert.Equal(0, shell.Host.Screen.MaskedPrompts);
    }

    [Fact]
    public void Connect_asks_masked_when_there_is_none_anywhere()
    {
        shell.Host.Screen.Secrets.Enqueue(server.ManagementKey);

        var session = shell.Run("Connect-OpenRouter -PassThru").Only<OpenRouterSession>();

        Assert.Equal("Prompt", session.KeySource);
        Assert.Equal(1, shell.Host.Screen.MaskedPrompts);
        Assert.Equal("OpenRouter management key: ", shell.Host.Screen.Text);
    }

    [Theory]
    [InlineData("Connect-OpenRouter", "OpenRouterByok.InvalidArgument", "cannot prompt")]
    [InlineData("Get-OpenRouterByokKey", "OpenRouterByok.NoKey", "No management key was found")]
    [InlineData(
        Samples.TwoIds + " | Set-OpenRouterByokKey -NewName x", "OpenRouterByok.NoKey", "No management key was found")]
    [InlineData("Remove-OpenRouterByokKey a -Confirm:$false", "OpenRouterByok.NoKey", "No management key was found")]
    public void No_key_anywhere_is_one_clear_error(string script, string id, string sentence)
    {
        var result = shell.Run(script);

        var error = result.OnlyError();
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(sentence, error.ToString(), StringComparison.Ordinal);
        Assert.NotNull(result.Terminating);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void The_context_is_empty_when_there_is_no_key() => shell.Run("Get-OpenRouterContext").IsSilent();

    [Theory]
    [InlineData("http://openrouter.example.com/api/v1")]
    [InlineData("openrouter.ai")]
    [InlineData("https://a:b@openrouter.ai/")]
    public void An_unsafe_address_in_the_variable_is_refused_like_one_that_was_typed(string address)
    {
        Set(server.ManagementKey, null, address);

        Assert.Equal("OpenRouterByok.UnsafeAddress", IdOf("Get-OpenRouterByokKey"));
        Assert.Equal("OpenRouterByok.UnsafeAddress", IdOf("Connect-OpenRouter"));
    }

    [Fact]
    public void Blanks_around_the_values_do_not_count()
    {
        Set($"  {server.ManagementKey}\n", null, $" {server.BaseUri} ");

        Assert.NotEmpty(shell.Run("Get-OpenRouterByokKey").All<ByokKey>());
    }

    [Fact]
    public void Blank_variables_are_as_good_as_none()
    {
        Set(" ", server.ManagementKey, server.BaseUri.ToString());

        Assert.Equal("OPENROUTER_API_KEY", shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>().KeySource);
    }

    [Fact]
    public void Disconnecting_wipes_what_came_from_the_variables_too()
    {
        Set(server.ManagementKey, null, server.BaseUri.ToString());
        var session = shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>();

        shell.Run("Disconnect-OpenRouter").IsSilent();

        Assert.Throws<ObjectDisposedException>(() => session.IsFor(session.BaseUri, Secret.Of(server.ManagementKey)));
    }

    [Fact]
    public void Without_any_address_it_is_OpenRouter_s_own()
    {
        Set("k", null, null);

        Assert.Equal(
            "https://openrouter.ai/api/v1",
            shell.Run("Get-OpenRouterContext").Only<OpenRouterSession>().BaseUri.AbsoluteUri);
        Assert.Empty(server.Requests.AsEnumerable());
    }

    private string IdOf(string script) => shell.Run(script).OnlyError().FullyQualifiedErrorId.Split(',').First();

    private static void Set(string? managementKey, string? apiKey, string? baseUri)
    {
        Environment.SetEnvironmentVariable("OPENROUTER_MANAGEMENT_KEY", managementKey);
        Environment.SetEnvironmentVariable("OPENROUTER_API_KEY", apiKey);
        Environment.SetEnvironmentVariable("OPENROUTER_BASE_URL", baseUri);
    }
}
