using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace OpenRouter.Byok.Tests.Secrets;

/// <summary>
/// Rows that hold a secret in each of their properties, piped to every cmdlet that takes anything from the pipeline: no
/// stream, no error and no request shows one.
/// </summary>
public sealed class PipedRowTests : IClassFixture<SandboxShell>
{
    private const string Text = "sk-proj-Marker0123456789abcdefMarker";

    private readonly SandboxShell sandbox;

    public PipedRowTests(SandboxShell sandbox) => this.sandbox = sandbox.Reset();

    public static TheoryData<string> Commands =>
    [
        "Get-OpenRouterByokKey", "Get-OpenRouterByokKey -Name x", "Set-OpenRouterByokKey -Required",
        "Set-OpenRouterByokKey -NewName x -WhatIf", "Enable-OpenRouterByokKey", "Disable-OpenRouterByokKey -PassThru",
        "Remove-OpenRouterByokKey -Confirm:$false", "Test-OpenRouterByokKey -ApiKey $key",
        "New-OpenRouterByokKey", "New-OpenRouterByokKey -Key $key", "Get-OpenRouterApiKey", "Get-OpenRouterWorkspace",
        "Get-OpenRouterMember", "Get-OpenRouterModel", "Get-OpenRouterProvider", "Invoke-OpenRouterByokAudit",
        "Resolve-OpenRouterByokRoute openai/gpt-5 -Provider openai", "New-OpenRouterByokSecret",
        "New-OpenRouterByokSecret -ApiKey $key", "New-OpenRouterByokSecret -ResourceName contoso -ApiKey $key",
        "New-OpenRouterByokSecret -AccessKeyId $key -SecretAccessKey $key", "New-OpenRouterByokSecret -Region eu",
    ];

    public static TheoryData<string> Rows =>
    [
        "[pscustomobject]@{ Secret = $text; Password = $text; Token = $text }",
        "[pscustomobject]@{ Id = $text; KeyId = $text; WorkspaceId = $text; Hash = $text }",
        "[pscustomobject]@{ id = @{ Id = $text }; hash = @($text); workspace_id = $text }",
        "[pscustomobject]@{ Provider = ''; Key = $text; Name = $text; AllowedModels = $text; Label = $text }",
        "[pscustomobject]@{ Provider = 'openai'; Disabled = $text; SortOrder = $text; Key = $text }",
        "[pscustomobject]@{ Provider = 'openai'; DeclaredZdr = $text; IsRequired = $text; CreatedAt = $text }",
        "[pscustomobject]@{ provider = 'openai'; workspace_id = $text; Key = $secure }",
        "[pscustomobject]@{ Provider = 'openai'; WorkspaceId = $text; AllowedApiKeyHash = $text; Key = $secure }",
        "[pscustomobject]@{ resource_name = $text + '.x'; resource_type = $text; api_key = $text; Region = $secure }",
        "[pscustomobject]@{ model_slug = 'a/b'; model_id = $text; endpoint_url = 'https://x/' + $text; ApiKey = $key }",
        "[pscustomobject]@{ ServiceAccountPath = $text; AccessKeyId = $text; SecretAccessKey = $text; Bucket = $text }",
        "@{ Secret = $text; Id = $text }",
        "$text",
        "(, $text)",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Nothing_of_a_row_is_shown(string command)
    {
        foreach (var row in Rows.Select(static row => row.Data))
        {
            // Text is what these look up by, so it may be any.
            var result = sandbox.Shell.Run(
                $"$VerbosePreference = $DebugPreference = 'Continue'; {row} | {command}",
                new { text = Text, key = Secret.Of("sk-or-v1-inference"), secure = Secret.Of(Text) });

            var seen = LeakScan.Collect(sandbox.Shell, result)
                + string.Join('\n', result.Errors.Select(Everything))
                + string.Join(
                    '\n', sandbox.Server.Requests.Select(static request => request.PathAndQuery + request.Body));
            Assert.False(seen.Contains("Marker0123456789", StringComparison.Ordinal), $"{row} | {command}: {seen}");
            sandbox.Shell.Run("$global:Error.Clear()");
            sandbox.Shell.Host.Screen.Clear();
        }
    }

    /// <summary>The control: PowerShell's own refusal shows the row, and the scan sees it.</summary>
    [Fact]
    public void The_scan_finds_a_row_that_PowerShell_itself_refuses()
    {
        var result = sandbox.Shell.Run(
            "[pscustomobject]@{ Secret = $text } | & { [CmdletBinding()] param("
            + "[Parameter(Mandatory, ValueFromPipelineByPropertyName)] $Id) process { $Id } }",
            new { text = Text });

        Assert.Contains("Marker0123456789", Everything(result.OnlyError()), StringComparison.Ordinal);
    }

    private static string Everything(ErrorRecord error) =>
        $"{error} {error.Exception} {error.ErrorDetails} {error.TargetObject} {error.CategoryInfo}";
}
