using System;
using System.Linq;
using Xunit;

namespace OpenRouter.Byok.Tests.Session;

/// <summary>Addresses: what is said of them, how they are shown, and when there is a warning.</summary>
[Collection(NonParallel.Name)]
public sealed class AddressTests : IClassFixture<ScriptedShell>, IDisposable
{
    private const string Marker = "Mark5d7f0c";

    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public AddressTests(ScriptedShell scripted) => (server, shell) = (scripted.Reset().Server, scripted.Shell);

    public static TheoryData<string> Mistakes =>
    [
        "sk-or-v1-" + Marker, "/" + Marker, "http://[::" + Marker, "http://" + Marker + "/api/v1",
        "ftp://" + Marker, Marker + ":8080", "https://" + Marker + "@openrouter.ai/api/v1",
        "https://a:" + Marker + "@openrouter.ai/api/v1", "https://openrouter.ai/?" + Marker, "//" + Marker,
        "https://openrouter.ai/#" + Marker, "https://a..b/" + Marker, "C:\\" + Marker,
    ];

    public void Dispose()
    {
        foreach (var variable in new[] { "OPENROUTER_MANAGEMENT_KEY", "OPENROUTER_BASE_URL" })
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    [InlineData("")]
    [InlineData("https://xn--\u00e9Mark5d7f0c/")]
    public void What_is_wrong_is_told_by_the_parameter_and_never_repeated(string text)
    {
        var result = shell.Run("Connect-OpenRouter $key -SkipCheck -BaseUri $text", new { key = Secret.Of("k"), text });

        IsRefusal(result, "-BaseUri ");
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    [InlineData("")]
    public void So_it_is_of_a_proxy(string text) => IsRefusal(
        shell.Run(
            "Connect-OpenRouter $key -SkipCheck -BaseUri https://openrouter.ai/api/v1 -Proxy $text",
            new { key = Secret.Of("k"), text }),
        "-Proxy ");

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void So_it_is_of_the_variable(string text)
    {
        shell.Run("Disconnect-OpenRouter");
        Environment.SetEnvironmentVariable("OPENROUTER_MANAGEMENT_KEY", "k");
        Environment.SetEnvironmentVariable("OPENROUTER_BASE_URL", text);

        IsRefusal(shell.Run("Get-OpenRouterByokKey"), "OPENROUTER_BASE_URL ");
        IsRefusal(shell.Run("Get-OpenRouterContext"), "OPENROUTER_BASE_URL ");
    }

    [Theory]
    [InlineData("@{ a = 'Mark5d7f0c' }")]
    [InlineData("([pscustomobject]@{ a = 'Mark5d7f0c' })")]
    [InlineData("'Mark5d7f0c', 'https://openrouter.ai/api/v1'")]
    [InlineData("{ Mark5d7f0c }")]
    [InlineData("([uri]'Mark5d7f0c')")]
    public void What_is_no_text_is_not_repeated_either(string value)
    {
        foreach (var parameter in new[] { "-BaseUri", "-Proxy" })
        {
            var result = shell.Run(
                $"Connect-OpenRouter $key -SkipCheck {parameter} {value}", new { key = Secret.Of("k") });

            IsRefusal(result, parameter + " ");
        }
    }

    [Theory]
    [InlineData("https://оpenrouter.ai/api/v1", "https://xn--penrouter-z2h.ai/api/v1")]
    [InlineData("https://openrouter.exämple.com:8443/api/v1", "https://openrouter.xn--exmple-cua.com:8443/api/v1")]
    public void A_host_that_only_looks_like_another_is_shown_as_what_it_is(string address, string ascii)
    {
        var result = shell.Run(
            "Connect-OpenRouter $key -SkipCheck -PassThru -BaseUri $address",
            new { key = Secret.Of("k"), address });

        Assert.Equal(ascii, result.Only<OpenRouterSession>().BaseUri.AbsoluteUri);
        Assert.Contains(new Uri(ascii).Authority + ",", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.All(shell.Show("Get-OpenRouterContext"), static character => Assert.True(character < 128));
    }

    [Theory]
    [InlineData("https://openrouter.ai/api/v1")]
    [InlineData("https://US.OpenRouter.ai/api/v1")]
    [InlineData("http://localhost:1/api/v1")]
    [InlineData("http://127.0.0.1:1/api/v1")]
    [InlineData("http://[::1]:1/api/v1")]
    [InlineData("https://localhost/api/v1")]
    public void To_OpenRouter_and_to_this_machine_a_key_goes_without_a_warning(string address)
    {
        shell.Run(
            "Connect-OpenRouter $key -SkipCheck -BaseUri $address", new { key = Secret.Of("k"), address }).IsSilent();
        Assert.Empty(shell.Run("Get-OpenRouterByokKey -Id '..'").Warnings);
    }

    [Theory]
    [InlineData("https://gateway.invalid/api/v1", "gateway.invalid")]
    [InlineData("https://openrouter.ai.gateway.invalid/api/v1", "openrouter.ai.gateway.invalid")]
    [InlineData("https://notopenrouter.ai:8443/api/v1", "notopenrouter.ai:8443")]
    public void To_others_there_is_one_warning_a_session(string address, string shown)
    {
        var connecting = shell.Run(
            "Connect-OpenRouter $key -SkipCheck -BaseUri $address", new { key = Secret.Of("k"), address });

        Assert.Equal(
            $"The key is being sent to {shown}, which is neither OpenRouter's own address nor this computer.",
            Assert.Single(connecting.Warnings));
        Assert.Empty(shell.Run("Get-OpenRouterByokKey -Id '..'").Warnings);
    }

    [Fact]
    public void An_address_in_the_environment_is_warned_of_at_the_first_use()
    {
        shell.Run("Disconnect-OpenRouter");
        Environment.SetEnvironmentVariable("OPENROUTER_MANAGEMENT_KEY", "k");
        Environment.SetEnvironmentVariable("OPENROUTER_BASE_URL", "https://gateway.invalid/api/v1");

        Assert.Empty(shell.Run("Get-OpenRouterContext").Warnings);
        Assert.Contains(
            " gateway.invalid,",
            Assert.Single(shell.Run("Get-OpenRouterByokKey -Id '..'").Warnings),
            StringComparison.Ordinal);
        Assert.Empty(shell.Run("Get-OpenRouterByokKey -Id '..'").Warnings);
    }

    [Fact]
    public void Whoever_stops_at_the_warning_is_stopped_each_time_and_nothing_is_sent()
    {
        shell.Run("Disconnect-OpenRouter");
        Environment.SetEnvironmentVariable("OPENROUTER_MANAGEMENT_KEY", "k");
        Environment.SetEnvironmentVariable("OPENROUTER_BASE_URL", "https://gateway.invalid/api/v1");

        foreach (var script in new[] { "Get-OpenRouterByokKey", "Connect-OpenRouter", "Get-OpenRouterByokKey" })
        {
            var result = shell.Run(script + " -WarningAction Stop -Verbose");

            Assert.StartsWith(
                "ActionPreferenceStop",
                Assert.Single(result.Errors).FullyQualifiedErrorId,
                StringComparison.Ordinal);
            Assert.DoesNotContain(result.Verbose, static line => line.StartsWith("GET ", StringComparison.Ordinal));
        }
    }

    private void IsRefusal(RunResult result, string source)
    {
        var error = result.OnlyError();
        Assert.Equal("OpenRouterByok.UnsafeAddress", error.FullyQualifiedErrorId.Split(',').First());
        Assert.StartsWith(source, error.ToString(), StringComparison.Ordinal);
        var shown = $"{result.Everything} {error.ErrorDetails.RecommendedAction}";
        Assert.DoesNotContain(Marker, shown, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, server.Connections);
    }
}
