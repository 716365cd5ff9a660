using System;
using System.IO;
using System.Management.Automation;
using OpenRouter.Sandbox.Shell;
using Xunit;

namespace OpenRouter.Byok.Tests.Shell;

public sealed class SandboxHostTests
{
    private const string Asking = """
        function Remove-All {
            [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param()
            'one', 'two', 'three' | ForEach-Object { if ($PSCmdlet.ShouldProcess($_)) { "removed $_" } }
        }
        Remove-All
        """;

    [Fact]
    public void Confirm_prompts_offer_what_can_be_answered_and_explain_it()
    {
        var console = new KeyConsole().Enter("?").Enter("nonsense").Enter("n").Enter("yes").Enter("L");

        var output = Run(console, Asking);

        Assert.Contains("[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [?] Help (default is \"Y\"): ", output);
        Assert.Contains("N - Skip this operation", output);
        Assert.DoesNotContain("removed one", output);
        Assert.Contains("removed two", output);
        Assert.DoesNotContain("removed three", output);
    }

    [Fact]
    public void Ctrl_C_at_a_prompt_stops_the_command()
    {
        var console = new KeyConsole().Control(ConsoleKey.C);

        Assert.DoesNotContain("removed", Run(console, Asking));
    }

    [Fact]
    public void Mandatory_parameters_are_asked_for_and_secrets_masked()
    {
        var console = new KeyConsole().Enter("me").Enter("hidden");

        var output = Run(console, """
            function Test-Asking {
                param([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [securestring] $Key)
                "$Name has $($Key.Length)"
            }
            Test-Asking
            """);

        Assert.Contains("Supply values for the following parameters:", output);
        Assert.Contains("Key: ******", output);
        Assert.DoesNotContain("hidden", output);
        Assert.Contains("me has 6", output);
    }

    [Fact]
    public void Streams_have_their_prefix_and_errors_go_to_the_error_writer()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Run(new TextConsole(output, errors), "Write-Warning w; Write-Verbose v -Verbose; Write-Error e; 'o'");

        Assert.Equal("WARNING: w\nVERBOSE: v\no\n", output.ToString().ReplaceLineEndings("\n"));
        Assert.Equal("Write-Error: e\n", errors.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Output_is_as_wide_as_the_console(int width)
    {
        using var output = new StringWriter();
        Run(new TextConsole(output, width: width), "[pscustomobject]@{ Text = 'x' * 200 }");

        Assert.All(output.ToString().Split('\n'), line => Assert.True(line.TrimEnd().Length <= width));
        Assert.DoesNotContain("\e", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_one_line_that_is_taken_away()
    {
        var console = new KeyConsole();
        var host = new SandboxHost(console);
        host.UI.WriteProgress(0, new ProgressRecord(1, "Waiting", "for the server") { SecondsRemaining = 3 });
        host.UI.Write("done");

        Assert.Equal("\r\e[KWaiting, 3 s left: for the server\r\e[Kdone", console.Written);
    }

    private static string Run(KeyConsole console, string script)
    {
        Run((IConsole)console, script);
        return console.Written;
    }

    private static void Run(IConsole console, string script)
    {
        using var runspace = Engine.Open(new SandboxHost(console));
        using var shell = Engine.Showing(runspace, shell => shell.AddScript(script));
        shell.Invoke();
    }
}
