using System;
using System.Management.Automation;
using Xunit;

namespace OpenRouter.Byok.Tests.Input;

/// <summary>Input that cannot be right: one clear sentence, and nothing is sent.</summary>
public sealed class BadInputTests : IClassFixture<ScriptedShell>
{
    private readonly ScriptedServer server;
    private readonly ModuleRunspace shell;

    public BadInputTests(ScriptedShell scripted) => (server, shell) = (scripted.Reset().Server, scripted.Shell);

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Id ' '", "-Id is blank.")]
    [InlineData("Remove-OpenRouterByokKey -Id \"`t\" -Confirm:$false", "-Id is blank.")]
    [InlineData(
        "Remove-OpenRouterByokKey -Id .. -Confirm:$false", "The value (a String) is not the id of a credential.")]
    [InlineData("Get-OpenRouterByokKey -Id .", "The value (a String) is not the id of a credential.")]
    [InlineData("New-OpenRouterByokKey ' ' $key", "-Provider is blank.")]
    [InlineData("New-OpenRouterByokKey '' $key", "-Provider is blank.")]
    [InlineData("Get-OpenRouterByokKey -Provider ' '", "-Provider is blank.")]
    [InlineData("New-OpenRouterByokKey openai $empty", "The key is empty.")]
    [InlineData("Set-OpenRouterByokKey * -Key $empty", "The key is empty.")]
    [InlineData(
        "New-OpenRouterByokKey openai $key -Name ''",
        "-Name is empty: its value is $null or has no entries")]
    [InlineData(
        "Set-OpenRouterByokKey * -NewName ' '",
        "-NewName is empty: its value is $null or has no entries")]
    [InlineData("Set-OpenRouterByokKey * -NewName ('n' * 256)", "The name has 256 characters. The maximum is 255.")]
    [InlineData(
        "New-OpenRouterByokKey openai $key -Name ('n' * 300)",
        "The name has 300 characters. The maximum is 255.")]
    [InlineData("Set-OpenRouterByokKey * -AllowedModel (1..101)", "-AllowedModel has 101 entries. The maximum is 100.")]
    [InlineData(
        "Set-OpenRouterByokKey * -AllowedUserId (1..101)",
        "-AllowedUserId has 101 entries. The maximum is 100.")]
    [InlineData(
        "Set-OpenRouterByokKey * -AllowedApiKeyHash (1..101 | ForEach-Object { '{0:x64}' -f $_ })",
        "-AllowedApiKeyHash has 101 entries. The maximum is 100.")]
    [InlineData(
        "Set-OpenRouterByokKey * -AllowedModel @()",
        "-AllowedModel is empty: its value is $null or has no entries")]
    [InlineData(
        "Set-OpenRouterByokKey * -AllowedUserId @()",
        "-AllowedUserId is empty: its value is $null or has no entries")]
    [InlineData(
        "New-OpenRouterByokKey openai $key -AllowedApiKeyHash @()",
        "-AllowedApiKeyHash is empty: its value is $null or has no entries")]
    [InlineData("Set-OpenRouterByokKey * -AllowedModel a/b, ''", "-AllowedModel contains a blank entry.")]
    [InlineData("Set-OpenRouterByokKey * -AllowedModel ''", "-AllowedModel is empty: its value is $null")]
    [InlineData("Set-OpenRouterByokKey * -AllowedUserId ' '", "-AllowedUserId is empty: its value is $null")]
    [InlineData(
        "Set-OpenRouterByokKey * -AllowedApiKeyHash abc",
        "Entry 1 of -AllowedApiKeyHash is not a hash of 64 lowercase hexadecimal digits.")]
    [InlineData(
        "Set-OpenRouterByokKey * -AllowedApiKeyHash $hash.ToUpper()",
        "is not a hash of 64 lowercase hexadecimal digits.")]
    [InlineData(
        "Set-OpenRouterByokKey * -AllowedApiKeyHash \"${hash}0\"",
        "is not a hash of 64 lowercase hexadecimal digits.")]
    [InlineData(
        "Set-OpenRouterByokKey * -AllowedApiKeyHash $hash, 'g'",
        "Entry 2 of -AllowedApiKeyHash is not a hash of 64 lowercase hexadecimal digits.")]
    [InlineData(
        "Set-OpenRouterByokKey * -Fallback -ByokOnly",
        "-Fallback and -ByokOnly cannot be combined: "
            + "a fallback credential is tried after the shared endpoints, which -ByokOnly removes.")]
    [InlineData("New-OpenRouterByokKey openai $key -Fallback -ByokOnly", "-Fallback and -ByokOnly cannot be combined")]
    [InlineData("Set-OpenRouterByokKey * -DeclaredRegion ''", "-DeclaredRegion is empty: its value is $null")]
    [InlineData("New-OpenRouterByokKey openai $key -WorkspaceId ''", "-WorkspaceId is empty: its value is $null")]
    [InlineData("Get-OpenRouterByokKey -WorkspaceId ' '", "-WorkspaceId is blank.")]
    [InlineData("Connect-OpenRouter $empty", "The key is empty.")]
    [InlineData("Connect-OpenRouter $key -WorkspaceId ' '", "-WorkspaceId is blank.")]
    [InlineData(
        "Connect-OpenRouter $broken -BaseUri $uri",
        "The management key contains invalid characters. "
        + "It must consist of printable ASCII characters without spaces.")]
    public void It_is_said_in_one_sentence_and_nothing_is_sent(string script, string sentence)
    {
        var error = Refused(script);

        Assert.Equal("OpenRouterByok.InvalidArgument", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Contains(sentence, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.ToString());
        Assert.EndsWith(".", error.ToString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails.RecommendedAction));
    }

    [Theory]
    [InlineData(
        "http://openrouter.ai/api/v1",
        "-BaseUri is not an https address. Plain http is accepted only for this computer, because the key would "
        + "be sent unencrypted.")]
    [InlineData("http://127.0.0.1.example.com/", "-BaseUri is not an https address.")]
    [InlineData("http://localhost.example.com/", "-BaseUri is not an https address.")]
    [InlineData("ftp://127.0.0.1/", "-BaseUri is not an https address.")]
    [InlineData("file:///etc/passwd", "-BaseUri is not an https address.")]
    [InlineData("openrouter.ai/api/v1", "-BaseUri is not an absolute address such as https://openrouter.ai/api/v1.")]
    [InlineData("/api/v1", "-BaseUri is not an ")]
    [InlineData(
        "https://user:pa55word@openrouter.ai/api/v1",
        "-BaseUri contains a user name or password. Keys are not sent to such an address.")]
    [InlineData("https://user@openrouter.ai/api/v1", "contains a user name")]
    [InlineData("https://openrouter.ai/api/v1?key=1", "contains a query or a fragment")]
    [InlineData("https://openrouter.ai/api/v1#top", "contains a query or a fragment")]
    public void A_key_is_not_sent_to_an_unsafe_address(string address, string sentence)
    {
        var error = Refused($"Connect-OpenRouter $key -BaseUri '{address}'");

        Assert.Equal("OpenRouterByok.UnsafeAddress", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(ErrorCategory.SecurityError, error.CategoryInfo.Category);
        Assert.Contains(sentence, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("pa55word", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:1/api/v1")]
    [InlineData("http://[::1]:1/api/v1")]
    [InlineData("http://127.0.0.2:1")]
    [InlineData("https://eu.openrouter.ai/api/v1")]
    [InlineData("https://gateway.example.com/openrouter/")]
    public void A_safe_address_is_taken(string address) =>
        Assert.Equal(new Uri(address), shell.Connect(new Uri(address), "k").BaseUri);

    [Fact]
    public void A_proxy_s_password_has_its_own_parameter()
    {
        var error = Refused("Connect-OpenRouter $key -Proxy http://user:pa55word@proxy:8080");

        Assert.Contains("Specify them with -ProxyCredential.", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("pa55word", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-OpenRouterByokKey -Id ''")]
    [InlineData("Set-OpenRouterByokKey -Id '' -NewName x")]
    [InlineData("'' | Disable-OpenRouterByokKey")]
    [InlineData("Set-OpenRouterByokKey -Id $null -NewName x")]
    [InlineData("Enable-OpenRouterByokKey -Id @()")]
    [InlineData("Get-OpenRouterByokKey -ThrottleLimit 0")]
    [InlineData("Set-OpenRouterByokKey * -NewName y -ThrottleLimit 65")]
    [InlineData("Connect-OpenRouter $key -TimeoutSec 0")]
    [InlineData("Connect-OpenRouter $key -TimeoutSec 3601")]
    [InlineData("Connect-OpenRouter $key -MaximumRetryCount -1")]
    [InlineData("Connect-OpenRouter $key -MaximumRetryCount 101")]
    [InlineData("Get-OpenRouterByokKey -State Broken")]
    [InlineData("Get-OpenRouterByokKey -Name $null")]
    [InlineData("Get-OpenRouterByokKey -Name @()")]
    [InlineData("Get-OpenRouterByokKey -Provider @()")]
    [InlineData("Set-OpenRouterByokKey * -Key $null")]
    [InlineData("Get-OpenRouterByokKey -Session $null")]
    public void What_PowerShell_itself_refuses_is_not_sent_either(string script) =>
        Assert.IsAssignableFrom<ParameterBindingException>(Refused(script).Exception);

    [Theory]
    [InlineData("New-OpenRouterByokKey openai $plain")]
    [InlineData("New-OpenRouterByokKey openai -Key $plain")]
    [InlineData("Set-OpenRouterByokKey * -Key $plain")]
    [InlineData("Set-OpenRouterByokKey * -Key \"$plain\"")]
    [InlineData("Connect-OpenRouter $plain")]
    [InlineData("Connect-OpenRouter -ManagementKey $plain")]
    [InlineData("[pscustomobject]@{ Provider = 'openai'; Key = $plain } | New-OpenRouterByokKey")]
    [InlineData("Connect-OpenRouter @($plain)")]
    [InlineData("New-OpenRouterByokKey openai -Key @($plain, $plain)")]
    [InlineData("New-OpenRouterByokKey openai -Key ([pscustomobject]@{ Text = $plain })")]
    [InlineData("New-OpenRouterByokKey openai -Key @{ Text = $plain }")]
    [InlineData("Set-OpenRouterByokKey * -Key $plain.ToCharArray()")]
    public void A_plain_text_key_is_refused_and_never_repeated(string script)
    {
        const string plain = "sk-proj-plain-text-0123456789";

        var result = shell.Run(script, new { plain });

        var error = Assert.Single(result.Errors);
        Assert.Empty(server.Requests);
        Assert.DoesNotContain(plain, result.Everything, StringComparison.Ordinal);
        Assert.Equal("OpenRouterByok.InvalidArgument", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(
            "Specify a SecureString so that the key is not shown anywhere", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Read-Host -AsSecureString", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(plain, shell.Host.Screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_API_key_taken_for_its_hash_is_not_repeated()
    {
        var result = shell.Run(
            "Set-OpenRouterByokKey * -AllowedApiKeyHash $taken", new { taken = "sk-or-v1-0123456789" });

        Assert.DoesNotContain("sk-or-v1", result.Everything, StringComparison.Ordinal);
    }

    private ErrorRecord Refused(string script)
    {
        var error = shell.Run(
            script,
            new
            {
                key = Secret.Of("sk-1"),
                empty = Secret.Of(""),
                broken = Secret.Of("sk-or\r\nX-Injected: yes"),
                hash = Samples.Hash,
                uri = server.BaseUri,
            }).OnlyError();

        Assert.Empty(server.Requests);
        Assert.Equal(0, server.Connections);
        return error;
    }
}
