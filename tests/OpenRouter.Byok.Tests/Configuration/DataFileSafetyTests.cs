using System;
using System.IO;
using System.Linq;
using System.Text;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Configuration;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>What a PowerShell data file cannot do: run something, or end the process.</summary>
public sealed class DataFileSafetyTests
{
    private readonly ConfigurationErrors errors = new();

    [Theory]
    [InlineData("@{a=", "1", "}", 64, 0)]
    [InlineData("@{a=", "1", "}", 65, 1)]
    [InlineData("@{a=", "1", "}", 10_000, 1)]
    [InlineData("@{a=", "", "", 10_000, 1)]
    [InlineData("@(", "1", ")", 10_000, 1)]
    [InlineData("(", "1", ")", 10_000, 1)]
    [InlineData(",@(", "1", ")", 10_000, 1)]
    [InlineData("\"$(", "1", ")\"", 10_000, 1)]
    [InlineData(",", "1", "", 1_000_000, 1)]
    [InlineData("- ", "1", "", 1_000_000, 1)]
    [InlineData("-", "1", "", 1_000_000, 1)]
    [InlineData("!", "1", "", 1_000_000, 1)]
    [InlineData("[int]", "1", "", 1_000_000, 1)]
    [InlineData("1+", "1", "", 1_000_000, 1)]
    [InlineData("1", "-1", "", 1, 1)]
    [InlineData("1-2", "-1", "-3", 300_000, 1)]
    [InlineData("{", "1", "}", 100_000, 2)]
    public void Deep_nesting_is_an_error_and_does_not_exhaust_the_stack(
        string open, string middle, string close, int depth, int faults)
    {
        var value = new StringBuilder().Insert(0, open, depth).Append(middle).Insert(0, "@{x=");
        var text = open.StartsWith("@{", StringComparison.Ordinal) ? value.ToString()[4..] : value.ToString();
        var end = open.StartsWith("@{", StringComparison.Ordinal) ? "" : "}";

        var node = Read(text + new StringBuilder().Insert(0, close, depth) + end);

        Assert.Equal(faults == 0, node is not null);
        Assert.Equal(faults, errors.Count);
        if (open == "@{a=" && faults > 0)
        {
            Assert.Equal(
                "a.psd1:1:257: Objects and arrays are nested more deeply than 64 levels.",
                NodeText.Of(errors).Single());
        }
    }

    [Theory]
    [InlineData("@{{ a = [IO.File]::WriteAllText('{0}', 'x') }}")]
    [InlineData("@{{ a = $([IO.File]::WriteAllText('{0}', 'x')) }}")]
    [InlineData("@{{ a = \"$([IO.File]::WriteAllText('{0}', 'x'))\" }}")]
    [InlineData("@{{ a = & {{ [IO.File]::WriteAllText('{0}', 'x') }} }}")]
    [InlineData("@{{ a = 1 }}; [IO.File]::WriteAllText('{0}', 'x')")]
    [InlineData("[IO.File]::WriteAllText('{0}', 'x')\n@{{ a = 1 }}")]
    [InlineData("@{{ [IO.File]::WriteAllText('{0}', 'x') = 1; a = 1 }}")]
    public void A_command_in_the_file_does_not_run(string format)
    {
        using var folder = new ConfigurationFolder();
        var written = Path.Combine(folder.Path, "written");
        var text = string.Format(null, format, written);

        Assert.Null(Read(text));

        Assert.NotEqual(0, errors.Count);
        Assert.False(File.Exists(written));
        // The control: PowerShell would have run it.
        using var shell = new ModuleRunspace();
        shell.Run(text);
        Assert.True(File.Exists(written));
    }

    private ObjectNode? Read(string text) => DataFileReader.Read(
        ConfigurationFolder.FileOf(Encoding.UTF8.GetBytes(text), "a.psd1", errors), errors);
}
