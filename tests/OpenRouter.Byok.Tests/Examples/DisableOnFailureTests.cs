using System;
using System.IO;
using System.Threading.Tasks;
using OpenRouter.Byok.Tests.Shell;
using OpenRouter.Sandbox;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Examples;

/// <summary>The runbook that people copy, run as they rehearse it.</summary>
public sealed class DisableOnFailureTests : IDisposable
{
    private static readonly string Script = Path.Combine(StagedModule.Root, "examples", "disable-on-failure.ps1");

    private readonly string folder = Directory.CreateTempSubdirectory("disable on failure ").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task It_disables_what_fails_for_good_and_leaves_the_rest_alone()
    {
        var (exitCode, output, errors) = await RunAfterwardsAsync(
            "Get-OpenRouterByokKey -State Disabled | ForEach-Object { \"now off: $($_.Name)\" }");

        Assert.True(exitCode == 2, output + errors);
        Assert.Empty(errors);
        Assert.Matches(
            @"(?m)^Disabled [0-9a-f-]{36}, Research \(google-vertex\): Failed, 403: permission missing\.$", output);
        Assert.Matches(
            @"(?m)^Not changed [0-9a-f-]{36}, East US \(azure\): Failed: your own rate limit reached\.$", output);
        Assert.Matches(@"(?m)^15 credentials processed, 3 passed, 1 disabled, 0 errors\.$", output);
        Assert.Matches(@"(?m)^now off: Research$", output);
        Assert.DoesNotMatch(@"(?m)^now off: East US$", output);
    }

    [Fact]
    public async Task It_takes_other_statuses_and_providers()
    {
        var (exitCode, output, errors) = await Runbook.RunAsync(Script, "-Provider", "azure", "-Status", "429");

        Assert.True(exitCode == 2, output + errors);
        Assert.Matches(
            @"^Disabled [0-9a-f-]{36}, East US \(azure\): Failed, 429: your own rate limit reached\.\n"
            + "1 credentials processed",
            output);
    }

    [Fact]
    public async Task A_list_may_come_as_one_text_but_not_a_list_of_numbers()
    {
        var (exitCode, output, errors) = await Runbook.RunAsync(Script, "-Provider", "azure, xai", "-WhatIf");
        var (wrongCode, wrongOutput, wrongErrors) = await SandboxProcess.RunAsync(
            "run", "--embedded", Script, "-Status", "401,402");

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("East US", output, StringComparison.Ordinal);
        // To PowerShell this is one number, and a wrong one had better be refused.
        Assert.True(wrongCode == 1, wrongOutput + wrongErrors);
        Assert.Contains("401402", wrongErrors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_exits_with_0_when_there_is_nothing_to_disable()
    {
        var (exitCode, output, errors) = await Runbook.RunAsync(Script, "-Provider", "anthropic");

        Assert.True(exitCode == 0, output + errors);
        Assert.DoesNotContain("Disabled", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_sends_nothing_under_WhatIf()
    {
        var (exitCode, output, errors) = await Runbook.RunAsync(Script, "-Provider", "google-vertex", "-WhatIf");

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains(
            "What if: Performing the operation \"Send one request of one token to google/gemini-2.5-flash, "
            + "at a cost of about ",
            output,
            StringComparison.Ordinal);
        Assert.Contains(
            "\n0 credentials processed, 0 passed, 0 disabled, 0 errors.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_fails_when_nothing_could_be_read()
    {
        var (exitCode, output, errors) = await Runbook.RunAsync(
            new SandboxOptions { Faults = FaultPlan.Parse("rate-limit=1,retry-after=1000") }, Script);

        Assert.True(exitCode == 1, output + errors);
        Assert.NotEmpty(errors);
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAfterwardsAsync(string afterwards)
    {
        var wrapper = Path.Combine(folder, "rehearsal.ps1");
        await File.WriteAllTextAsync(
            wrapper,
            $"& '{Script}'\n$code = $LASTEXITCODE\n{afterwards}\nexit $code\n",
            TestContext.Current.CancellationToken);
        return await SandboxProcess.RunAsync("run", "--embedded", wrapper);
    }
}
