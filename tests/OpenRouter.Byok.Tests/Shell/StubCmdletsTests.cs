using System.IO;
using System.Linq;
using OpenRouter.Sandbox.Shell;
using Xunit;

namespace OpenRouter.Byok.Tests.Shell;

/// <summary>The stand-ins answer as PowerShell's own cmdlets would.</summary>
public sealed class StubCmdletsTests
{
    private const string Sample = """
        $items = [pscustomobject]@{ Name = 'b'; Size = 10 }, [pscustomobject]@{ Name = 'A'; Size = 9 },
            [pscustomobject]@{ Name = 'c'; Size = 10 }

        """;

    [Theory]
    [InlineData("($items | Sort-Object Name).Name -join ' '", "A b c")]
    [InlineData("($items | Sort-Object Size, Name -Descending).Name -join ' '", "c b A")]
    [InlineData("(10, 9, 2 | Sort-Object) -join ' '", "2 9 10")]
    [InlineData("($items | Sort-Object { -$_.Size }).Size -join ' '", "10 10 9")]
    [InlineData("($items | Select-Object -First 1 -Skip 1).Name", "A")]
    [InlineData("($items | Select-Object -Last 1).Name", "c")]
    [InlineData("($items | Select-Object -ExpandProperty Size) -join ' '", "10 9 10")]
    [InlineData(
        "$items | Select-Object -First 1 S*, @{ n = 'Twice'; e = { 2 * $_.Size } }",
        "\nSize Twice\n---- -----\n  10    20\n\n")]
    [InlineData("$items | Group-Object Size -NoElement", "\nCount Name\n----- ----\n    2 10\n    1 9\n\n")]
    [InlineData("$items | Format-Table Name, Size", "\nName Size\n---- ----\nb    10\nA    9\nc    10\n\n")]
    [InlineData("$items[0] | Format-List", "\nName : b\nSize : 10\n\n")]
    [InlineData("[pscustomobject]@{ L = 1, 2; N = $null } | Format-List L, N", "\nL : {1, 2}\nN :\n\n")]
    [InlineData("(ConvertTo-SecureString 'four' -AsPlainText -Force).Length", "4")]
    [InlineData("Write-Output 1 2 | ForEach-Object { $_ + 1 }", "2\n3")]
    [InlineData("Write-Host 'a' 1 -NoNewline; Write-Host '!'", "a 1!")]
    [InlineData("Start-Sleep -Milliseconds 1; 'awake'", "awake")]
    public void Answers_as_in_PowerShell(string script, string expected)
    {
        using var output = new StringWriter();
        using var runspace = Engine.Open(new SandboxHost(new TextConsole(output)));
        using var shell = Engine.Showing(runspace, shell => shell.AddScript(Sample + script));
        shell.Invoke();

        var lines = output.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(expected.Trim('\n'), string.Join('\n', lines.Select(line => line.TrimEnd())).Trim('\n'));
    }
}
