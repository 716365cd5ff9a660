using System;
using System.IO;
using System.Threading.Tasks;
using OpenRouter.Byok.Tests.Shell;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Examples;

/// <summary>
/// The runbook that people copy, run as they rehearse it: with a vault that a function stands in for.
/// </summary>
public sealed class RotateFromSecretManagementTests : IDisposable
{
    private const string NewKey = "sk-proj-0123456789abcdefNEW1";

    private static readonly string Script =
        Path.Combine(StagedModule.Root, "examples", "rotate-from-secretmanagement.ps1");

    private readonly string folder = Directory.CreateTempSubdirectory("rotate from vault ").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task It_replaces_the_keys_that_the_vault_holds()
    {
        var (exitCode, output, errors) = await RehearseAsync(
            "-Provider openai",
            $"'byok-openai-Team account' = '{NewKey}'",
            "Get-OpenRouterByokKey 'Team account' | ForEach-Object { \"now $($_.Id) $($_.Label) $($_.SortOrder)\" }",
            inOwnProcess: true);

        Assert.True(exitCode == 0, output + errors);
        Assert.Empty(errors);
        Assert.Matches(
            @"(?m)^Rotated [0-9a-f-]{36}, Team account \(openai\): sk-\.\.\.p7Qd is now sk-\.\.\.NEW1\.$", output);
        Assert.Matches(@"(?m)^No secret byok-openai-EU data; EU data \(openai\) is not changed\.$", output);
        Assert.Matches(@"(?m)^1 rotated, 0 not accepted by their provider, 0 failed\.$", output);
        Assert.Matches(@"(?m)^now [0-9a-f-]{36} sk-\.\.\.NEW1 0$", output);
        Assert.DoesNotContain(NewKey, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tests_the_new_keys_first_and_does_not_use_a_refused_one()
    {
        var (exitCode, output, errors) = await RehearseAsync(
            "-ProvingWorkspace Scratch",
            $"'byok-openai-Team account' = '{NewKey}'; 'byok-anthropic-Main' = 'sk-ant-0123456789-revoked'",
            "\"now $((Get-OpenRouterByokKey Main).Label)\"",
            inOwnProcess: true);

        Assert.True(exitCode == 2, output + errors);
        Assert.Matches(@"(?m)^Rotated [0-9a-f-]{36}, Team account \(openai\): sk-\.\.\.p7Qd is now ", output);
        Assert.Matches(
            @"(?m)^Failed [0-9a-f-]{36}, Main \(anthropic\): .* was not changed, .*: key revoked or invalid",
            output);
        Assert.Matches(@"(?m)^1 rotated, 1 not accepted by their provider, 0 failed\.$", output);
        Assert.Matches(@"(?m)^now sk-\.\.\.tR4w$", output);
    }

    [Fact]
    public async Task It_looks_in_the_vault_and_under_the_prefix_that_it_is_told()
    {
        var (exitCode, output, errors) = await RehearseAsync(
            "-Vault Prod -Prefix keys/ -Name Main", $"'Prod:keys/anthropic-Main' = '{NewKey}'");

        Assert.True(exitCode == 0, output + errors);
        Assert.Matches(@"(?m)^Rotated [0-9a-f-]{36}, Main \(anthropic\): ", output);
    }

    [Fact]
    public async Task It_changes_nothing_under_WhatIf()
    {
        var (exitCode, output, errors) = await RehearseAsync(
            "-Name Main -WhatIf -ProvingWorkspace Scratch",
            $"'byok-anthropic-Main' = '{NewKey}'",
            "(Get-OpenRouterByokKey Main).Label",
            inOwnProcess: true);

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains(
            "If the provider accepts the key: Change Key: sk-...tR4w → a new key\" on target \"Main (anthropic) ",
            output,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "\n0 rotated, 0 not accepted by their provider, 0 failed.\nsk-...tR4w\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_on_after_a_key_that_is_refused_and_fails_in_the_end()
    {
        var (exitCode, output, errors) = await RehearseAsync(
            "-Name Main, Spare", $"'byok-anthropic-Main' = ''; 'byok-anthropic-Spare' = '{NewKey}'");

        Assert.True(exitCode == 1, output + errors);
        Assert.Matches(@"(?m)^Failed [0-9a-f-]{36}, Main \(anthropic\): ", output);
        Assert.Matches(@"(?m)^Rotated [0-9a-f-]{36}, Spare \(anthropic\): ", output);
        Assert.Matches(@"(?m)^1 rotated, 0 not accepted by their provider, 1 failed\.$", output);
    }

    [Fact]
    public async Task Without_SecretManagement_it_says_how_to_get_it()
    {
        // Whoever runs the tests may have it.
        var wrapper = Path.Combine(folder, "without.ps1");
        await File.WriteAllTextAsync(
            wrapper,
            $"$env:PSModulePath = '{StagedModule.Parent}'; & '{Script}'",
            TestContext.Current.CancellationToken);

        var (exitCode, output, errors) = await SandboxProcess.RunAsync("run", "--embedded", wrapper);

        Assert.True(exitCode == 1, output + errors);
        Assert.Contains(
            "Install-Module Microsoft.PowerShell.SecretManagement", output + errors, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output, string Errors)> RehearseAsync(
        string arguments, string secrets, string afterwards = "", bool inOwnProcess = false)
    {
        var wrapper = Path.Combine(folder, "rehearsal.ps1");
        // The environment belongs to the whole process.
        var apiKey = inOwnProcess ? "$env:OPENROUTER_API_KEY = $env:SCRATCH_API_KEY" : "";
        await File.WriteAllTextAsync(
            wrapper,
            $$"""
            function Get-Secret {
                [CmdletBinding()]
                param([string] $Name, [string] $Vault)
                $secrets = @{ {{secrets}} }
                $place = if ($Vault) { "${Vault}:$Name" } else { $Name }
                if (-not $secrets.ContainsKey($place)) {
                    Write-Error "The secret $place was not found."
                    return
                }

                if ($secrets[$place]) { ConvertTo-SecureString $secrets[$place] -AsPlainText -Force }
                else { [securestring]::new() }
            }

            {{apiKey}}
            & '{{Script}}' {{arguments}}
            $code = $LASTEXITCODE
            {{afterwards}}
            exit $code
            """,
            TestContext.Current.CancellationToken);
        return inOwnProcess
            ? await SandboxProcess.RunAsync("run", "--embedded", wrapper)
            : await Runbook.RunAsync(wrapper);
    }
}
