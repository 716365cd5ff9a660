using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Sandbox;
using OpenRouter.Sandbox.Shell;
using Xunit;

namespace OpenRouter.Byok.Tests.Shell;

public sealed class TourTests
{
    [Fact]
    public void A_script_is_split_into_statements_with_the_comments_before_them()
    {
        var (steps, closing) = TourScript.Split("""
            <# For readers of the file. #>

            # First paragraph,
            # two lines.

            # Second.
            1..3 |
                ForEach-Object { $_ } # inside
            # Fails: Some.Reason
            Get-Something; Get-More
            # The end.
            """.ReplaceLineEndings("\n"));

        Assert.Equal(3, steps.Count);
        Assert.Equal(
            new TourStep("First paragraph,\ntwo lines.\n\nSecond.", "1..3 |\n    ForEach-Object { $_ }", null),
            steps[0]);
        Assert.Equal("Some.Reason", steps[1].ExpectedError);
        Assert.Equal("Get-More", steps[2].Code);
        Assert.Equal("The end.", closing);
    }

    [Fact]
    public void A_script_with_a_syntax_error_is_refused() =>
        Assert.Throws<ParseException>(() => TourScript.Split("if ("));

    [Fact]
    public void Each_command_is_echoed_before_what_it_prints()
    {
        var (exitCode, output) = Play("""
            # Told before.
            $a = 'x'
            $a * 2
            if ($a) {
                'multi'
            }
            # Told after.
            """);

        Assert.Equal(0, exitCode);
        Assert.Equal("""
            # Told before.
            PS> $a = 'x'
            PS> $a * 2
            xx

            PS> if ($a) {
            >>      'multi'
            >>  }
            multi

            # Told after.

            """.ReplaceLineEndings("\n"), output);
    }

    [Theory]
    [InlineData("Get-Nowhere", "was expected to work")]
    [InlineData("throw 'x'", "was expected to work")]
    [InlineData("Write-Error 'x'", "was expected to work")]
    [InlineData("# Fails: CommandNotFoundException\n1", "but it worked")]
    [InlineData("# Fails: Some.Reason\nGet-Nowhere", "failed with CommandNotFoundException")]
    public void An_error_that_was_not_foreseen_or_did_not_come_ends_the_tour(string script, string reason)
    {
        var (exitCode, output) = Play(script + "\n'never reached'");

        Assert.Equal(1, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
        Assert.DoesNotContain("never reached", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_was_foreseen_is_shown_and_the_tour_goes_on()
    {
        var (exitCode, output) = Play("# Fails: CommandNotFoundException\nGet-Nowhere\n'reached'");

        Assert.Equal(0, exitCode);
        Assert.Contains("The term 'Get-Nowhere' is not recognized", output, StringComparison.Ordinal);
        Assert.EndsWith("reached\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_fails_in_one_sentence_since_nobody_can_answer()
    {
        var (exitCode, output) = Play("Read-Host Name");

        Assert.Equal(1, exitCode);
        Assert.Contains("Input is not a terminal, so you cannot be prompted", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tour_of_the_module_touches_every_cmdlet_that_it_promises()
    {
        var script = File.ReadAllText(Path.Combine(StagedModule.Root, "examples", "tour.ps1"));
        var code = TourScript.Split(script).Steps.Select(step => step.Code).ToList();

        Assert.All(
            ["Get-", "Format-List", "-WhatIf", "SecureString", "New-", "-Clear AllowedModel", "Disable-", "Remove-"],
            part => Assert.Contains(code, line => line.Contains(part, StringComparison.Ordinal)));
    }

    private static (int ExitCode, string Output) Play(string script)
    {
        using var output = new StringWriter();
        var exitCode = Tour.Play(script.ReplaceLineEndings("\n"), new TextConsole(output));
        return (exitCode, output.ToString().ReplaceLineEndings("\n"));
    }
}
