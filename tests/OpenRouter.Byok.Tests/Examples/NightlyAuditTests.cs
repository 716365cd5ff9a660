using System;
using System.IO;
using System.Threading.Tasks;
using OpenRouter.Byok.Tests.Shell;
using OpenRouter.Sandbox;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Examples;

/// <summary>The runbook that people copy, run as they rehearse it.</summary>
public sealed class NightlyAuditTests
{
    private static readonly string Script = Path.Combine(StagedModule.Root, "examples", "nightly-audit.ps1");

    [Fact]
    public async Task It_prints_findings_with_remedies_and_fails()
    {
        var (exitCode, output, errors) = await SandboxProcess.RunAsync("run", "--embedded", Script);

        Assert.True(exitCode == 1, output + errors);
        Assert.Empty(errors);
        Assert.Contains("Warning: RotationDue: openai, Team account. Created ", output, StringComparison.Ordinal);
        Assert.Contains("\n    Set-OpenRouterByokKey -Id '", output, StringComparison.Ordinal);
        Assert.Contains("\nThe audit failed: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_succeeds_when_nothing_is_as_bad_as_that()
    {
        var (exitCode, output, errors) = await Runbook.RunAsync(
            Script, "-FailOn", "Error", "-Accept", "Unreachable,RotationDue", "-MaxAgeDays", "36500");

        Assert.True(exitCode == 0, output + errors);
        Assert.DoesNotContain("RotationDue", output, StringComparison.Ordinal);
        Assert.Matches(@"The audit found nothing of severity Error or higher; findings: [1-9][0-9]*\.\n$", output);
    }

    [Theory]
    [InlineData("Warning", 1)]
    [InlineData("Error", 0)]
    public async Task It_writes_the_report_whatever_the_audit_found(string failOn, int expected)
    {
        var page = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.html");
        try
        {
            await File.WriteAllTextAsync(page, "of yesterday", TestContext.Current.CancellationToken);

            var (exitCode, output, errors) = await Runbook.RunAsync(
                Script, "-Report", page, "-Accept", "Unreachable,RotationDue", "-FailOn", failOn);

            Assert.True(exitCode == expected, output + errors);
            var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
            Assert.Contains("<dd><bdi>All workspaces</bdi></dd>", html, StringComparison.Ordinal);
            Assert.Contains("NoBackup", html, StringComparison.Ordinal);
            Assert.DoesNotContain("RotationDue", html, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(page);
        }
    }

    [Fact]
    public async Task It_fails_when_there_was_no_audit()
    {
        var (exitCode, output, errors) = await Runbook.RunAsync(
            new SandboxOptions { Faults = FaultPlan.Parse("rate-limit=1,retry-after=1000") }, Script);

        Assert.True(exitCode == 1, output + errors);
        Assert.DoesNotContain("The audit", output, StringComparison.Ordinal);
        Assert.NotEmpty(errors);
    }
}
