using System;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace OpenRouter.Byok.Tests.Writing;

/// <summary>What New-OpenRouterByokKey sends, byte by byte.</summary>
public sealed class CreateTests : IClassFixture<ScriptedShell>
{
    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public CreateTests(ScriptedShell scripted)
    {
        (server, shell) = (scripted.Reset().Server, scripted.Shell);
        server.DefaultResponse = Samples.Echo;
    }

    public static TheoryData<string, string> Settings => SettingCases.All;

    [Fact]
    public void What_is_not_given_is_not_sent()
    {
        var created = shell.Run("New-OpenRouterByokKey openai $key", new { key = Secret.Of("sk-1") }).Only<ByokKey>();

        Assert.Equal(Samples.Id, created.Id);
        var request = Assert.Single(server.Requests);
        Assert.Equal("POST /api/v1/byok HTTP/1.1", request.Head.Split("\r\n")[0]);
        Assert.Equal("""{"provider":"openai","key":"sk-1"}""", request.Body);
        Assert.Equal("application/json; charset=utf-8", request.Header("Content-Type"));
        Assert.Equal("application/json", request.Header("Accept"));
        Assert.StartsWith("OpenRouter.Byok/", request.Header("User-Agent"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_is_sent_as_it_was_given(string typed, string sent)
    {
        shell.Run("New-OpenRouterByokKey openai $key " + typed, new { key = Secret.Of("sk-1") }).Only<ByokKey>();

        var expected = $$"""{"provider":"openai","key":"sk-1",{{sent}}}""";
        var request = Assert.Single(server.Requests);
        Assert.Equal(Sorted(expected), Sorted(request.Body));
    }

    [Theory]
    [InlineData("anthropic/2", "anthropic/2")]
    [InlineData("a provider nobody knows yet", "a provider nobody knows yet")]
    [InlineData("OPENAI", "openai")]
    [InlineData(" OpenAI\t", "openai")]
    public void Any_provider_is_sent_in_lower_case_since_the_set_is_open(string provider, string sent)
    {
        shell.Run("New-OpenRouterByokKey $provider $key", new { provider, key = Secret.Of("k") }).Only<ByokKey>();

        var request = Assert.Single(server.Requests, static request => request.Method == "POST");
        Assert.Equal(sent, (string?)request.Json["provider"]);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("\"quoted\" \\ back / slash")]
    // A plain key with such characters is refused; what begins like JSON is sent as it is.
    [InlineData("[line\r\nbreak\ttab\0nul\u001fcontrol\u007f\u2028]")]
    [InlineData("ünïcode ☺ 😀 한국어")]
    [InlineData("{\"accessKeyId\":\"A\",\"secretAccessKey\":\"b/c+d==\",\"region\":\"us-east-1\"}")]
    [InlineData("</script><!-- &amp; ' %20 +")]
    public void The_key_arrives_as_it_is(string key)
    {
        shell.Run("New-OpenRouterByokKey openai $key", new { key = Secret.Of(key) }).Only<ByokKey>();

        Assert.Equal(key, (string?)Assert.Single(server.Requests).Json["key"]);
    }

    [Fact]
    public void A_key_as_long_as_a_service_account_arrives_whole()
    {
        var key = JsonSerializer.Serialize(
            new { private_key = string.Concat(Enumerable.Repeat("MIIEvQIBADANBg\nkqhkiG9w0BAQ", 900)) });

        shell.Run("New-OpenRouterByokKey google-vertex $key", new { key = Secret.Of(key) }).Only<ByokKey>();

        Assert.Equal(key, (string?)Assert.Single(server.Requests).Json["key"]);
    }

    [Fact]
    public void The_session_s_workspace_is_the_default_and_a_parameter_goes_before_it()
    {
        shell.Connect(server.BaseUri, ScriptedServer.Key, $"-WorkspaceId {Samples.Id}");
        var key = Secret.Of("k");

        shell.Run(
            "New-OpenRouterByokKey openai $key; New-OpenRouterByokKey openai $key -WorkspaceId $other",
            new { key, other = Samples.OtherId });

        Assert.Equal(
            [
                $$"""{"provider":"openai","key":"k","workspace_id":"{{Samples.Id}}"}""",
                $$"""{"provider":"openai","key":"k","workspace_id":"{{Samples.OtherId}}"}""",
            ],
            server.Requests.Select(static request => request.Body));
    }

    [Fact]
    public void Without_a_key_it_is_asked_for_masked()
    {
        shell.Host.Screen.Secrets.Enqueue("typed-at-the-prompt");

        shell.Run("New-OpenRouterByokKey openai -Name Prod").Only<ByokKey>();

        Assert.Equal("typed-at-the-prompt", (string?)Assert.Single(server.Requests).Json["key"]);
        Assert.Equal("Key for openai Prod: ", shell.Host.Screen.Text);
        Assert.Equal(1, shell.Host.Screen.MaskedPrompts);
    }

    [Fact]
    public void A_credential_is_taken_for_its_password()
    {
        shell.Run(
            "New-OpenRouterByokKey openai ([pscredential]::new('anybody', $key))",
            new { key = Secret.Of("from-a-vault") }).Only<ByokKey>();

        Assert.Equal("from-a-vault", (string?)Assert.Single(server.Requests).Json["key"]);
    }

    private static string Sorted(string json) => string.Join(
        '\n',
        JsonDocument.Parse(json).RootElement.EnumerateObject()
            .OrderBy(static property => property.Name, StringComparer.Ordinal)
            .Select(static property => $"{property.Name}={JsonSerializer.Serialize(property.Value)}"));
}
