using System;
using System.Linq;
using System.Text;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Configuration;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Reading PowerShell data files as PowerShell does, without running anything.</summary>
public sealed class DataFileReaderTests
{
    private readonly ConfigurationErrors errors = new();

    [Theory]
    [InlineData("@{}", "{}")]
    [InlineData("# c\n<# c\n '@{ #>\n@{ a = 1; B=-2.5e3 # it's\n c_d = 'it''s' }\n# e", "{a:1,B:-2500,c_d:'it's'}")]
    [InlineData("@{ a = $true; b = $False; c = $NULL }", "{a:true,b:false,c:null}")]
    [InlineData(
        "@{ a = 'b', 'c'\n d = @('e'); f = @(); g = @('h', 'i'\n'j') }",
        "{a:['b','c'],d:['e'],f:[],g:['h','i','j']}")]
    [InlineData("@{ a = @(\n@{ b = 1 }\n@{ b = 2 }\n) }", "{a:[{b:1},{b:2}]}")]
    [InlineData("@{ a = @(\n@{ b = 1 },\n@{ b = 2 }\n) }", "{a:[{b:1},{b:2}]}")]
    [InlineData("@{ a = @(('b', 'c'), 'd'); e = ('f'); g = ,'h' }", "{a:[['b','c'],'d'],e:'f',g:['h']}")]
    [InlineData(
        "@{ a = \"b`n`$c\"\"d $ e\"; \"f\" = @'\n'g\" $h\n'@\n'$schema' = @\"\ni\n\"@ }",
        "{a:'b\n$c\"d $ e',f:''g\" $h',$schema:'i'}")]
    [InlineData("@{ a = 0x10; b = 1kb; c = 5L; 7 = .5 }", "{a:16,b:1024,c:5,7:0.5}")]
    [InlineData("@{ a =\n  1\r\n\r\n b = # c\n 'd' }", "{a:1,b:'d'}")]
    [InlineData(
        "@{ a = \u2018it\u2019; b = \u201Cx\u201D; if = 'y'; configuration = 'z' }",
        "{a:'it',b:'x',if:'y',configuration:'z'}")]
    public void Values_are_read_as_PowerShell_reads_them(string text, string expected)
    {
        Assert.Equal(expected, NodeText.Of(Read(text)));
        Assert.Empty(NodeText.Of(errors));

        var run = ObjectNodeReader.Read(Run(text).Output.Single(), new ConfigurationSource("run"), errors);
        Assert.Equal(NodeText.Of(run, isSorted: true), NodeText.Of(Read(text), isSorted: true));
    }

    [Theory]
    [InlineData("@{ a = Get-Secret sk-secret -Vault x }", "1:8", "a command")]
    [InlineData("@{\n a = (Get-Secret 'sk-secret') }", "2:7", "a command")]
    [InlineData("@{ a = @(\n'b'\nGet-Secret sk-secret) }", "3:1", "a command")]
    [InlineData("@{ a = $(Get-Secret sk-secret) }", "1:8", "a subexpression")]
    [InlineData("@{ a = $env:SK_SECRET }", "1:8", "a variable")]
    [InlineData("@{ a = ${sk-secret} }", "1:8", "a variable")]
    [InlineData("@{ a = \"x $sk_secret\" }", "1:8", "text with a variable")]
    [InlineData("@{ a = \"$(sk-secret)\" }", "1:8", "text with a variable")]
    [InlineData("@{ a = \"${sk-secret}\" }", "1:8", "text with a variable")]
    [InlineData("@{ a = @\"\n$sk_secret\n\"@ }", "1:8", "text with a variable")]
    [InlineData("@{ a = [datetime]'2026-01-01' }", "1:8", "a type or an index")]
    [InlineData("@{ a = [Sk.Secret]::New('sk-secret') }", "1:8", "a type or an index")]
    [InlineData("@{ a = { sk-secret } }", "1:8", "a script block")]
    [InlineData("@{ a = 'sk-secret' + 'b' }", "1:20", "an operator")]
    [InlineData("@{ a = 'sk-secret'.Length }", "1:19", "an operator")]
    [InlineData("@{ a = 'sk-secret' | Out-File x }", "1:20", "an operator")]
    [InlineData("@{ a = 'sk-secret' > x }", "1:20", "an operator")]
    [InlineData("@{ a = 'sk-secret' & }", "1:20", "an operator")]
    [InlineData("@{ a = 1..3 }", "1:8", "an expression")]
    [InlineData("@{ a = 1sk-secret }", "1:11", "an operator")]
    [InlineData("@{ a = , , 'sk-secret' }", "1:10", "an operator")]
    [InlineData("@{ a = sk-secret`\n }", "1:8", "a command")]
    [InlineData("& sk-secret", "1:1", "an operator")]
    [InlineData("using module sk-secret\n@{}", "1:1", "a command")]
    [InlineData("@{ a = configuration x { Import-DscResource } }", "1:8", "a command")]
    [InlineData("@{ a =\nconfiguration = 'sk-secret' }", "2:1", "a command")]
    [InlineData("@(configuration = 'sk-secret')", "1:3", "a command")]
    public void Anything_else_is_an_error_that_says_what_it_is(string text, string place, string kind)
    {
        var node = Read(text);

        var lines = NodeText.Of(errors);
        Assert.StartsWith(
            $"a.psd1:{place}: A data file contains only values, and this is {kind}",
            lines[0],
            StringComparison.Ordinal);
        Assert.All(lines, AssertShowsNoText);
        Assert.True(node is null || !NodeText.Of(node).Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("@{ a = 'sk-secret", "1:8", "does not end")]
    [InlineData("@{ a = @'\nsk-secret }", "1:8", "does not end")]
    [InlineData("@{ a = @'sk-secret'@ }", "1:8", "does not end")]
    [InlineData("<# @{ }", "1:1", "does not end")]
    [InlineData("@{\n\t'é' = ( 'sk-secret' } ) }", "2:22", "does not match")]
    [InlineData("@{ } }", "1:6", "does not match")]
    [InlineData("@{ a 'sk-secret' }", "1:4", "must be followed by an equals sign")]
    [InlineData("@{ 'a' 'sk-secret' }", "1:8", "must be followed by an equals sign")]
    [InlineData("@{ a = ; b = 'sk-secret' }", "1:8", "must be followed by an equals sign")]
    [InlineData("@{ a = @('b' 'sk-secret') }", "1:14", "separated by a comma or a line break")]
    [InlineData("@{ a = $true#sk-secret\n}", "1:13", "Insert a space")]
    [InlineData("@{ a = 'sk-secret'", "1:3", "MissingEndCurlyBrace")]
    [InlineData("@{ a = 'sk-secret', }", "1:20", "MissingExpressionAfterToken")]
    [InlineData("'sk-secret'", "1:1", "must consist of one hashtable: @{ … }.")]
    [InlineData("@{ a = 'sk-secret' }\n@{ }", "1:1", "must consist of one hashtable")]
    [InlineData("@()", "1:1", "must consist of one hashtable")]
    [InlineData("# nothing", "1:1", "must consist of one hashtable")]
    public void What_is_no_hashtable_is_an_error_with_its_place(string text, string place, string message)
    {
        Assert.Null(Read(text));

        var lines = NodeText.Of(errors);
        Assert.StartsWith($"a.psd1:{place}: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(message, lines[0], StringComparison.Ordinal);
        Assert.All(lines, AssertShowsNoText);
    }

    [Fact]
    public void All_that_is_no_data_is_reported()
    {
        Read("@{\r\n a = Get-Date -Format x\r\n b = $c; d = \"$e\"\r\n f = @{ g = [int]; h = $(if ($i) { $j }) }\r\n}");

        Assert.Equal(["2:6", "3:6", "3:14", "4:13", "4:24"], NodeText.Of(errors).Select(
            static line => line["a.psd1:".Length..line.IndexOf(": ", StringComparison.Ordinal)]));
    }

    [Fact]
    public void A_name_that_occurs_twice_is_an_error_that_names_both_places()
    {
        Assert.Equal("{name:1}", NodeText.Of(Read("@{ name = 1\n 'Name' = 2 }")));
        Assert.StartsWith(
            "a.psd1:2:2: The property Name is specified twice in the same object, first in a.psd1:1:4.",
            NodeText.Of(errors).Single(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Names_compare_regardless_of_case_and_positions_count_characters()
    {
        var hashtable = Read("\uFEFF@{\r\n\t'\U0001F511' = 1; b = 'c' }")!;

        Assert.Same(StringComparer.OrdinalIgnoreCase, hashtable.Position.Source.Names);
        Assert.Equal("a.psd1:2:12", hashtable.Properties[1].Position.ToString());
        Assert.Equal("a.psd1:2:16", hashtable.Properties[1].Value.Position.ToString());
    }

    [Fact]
    public void Ten_thousand_credentials_are_read()
    {
        const string One = "@{ provider = 'openai'; workspace = 'production'; name = 'Key'; disabled = $false\n"
            + "allowedModels = 'openai/gpt-4o', 'openai/o3'; key = @{ env = 'NAME' } }\n";
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var root = Read("@{ credentials = @(\n" + new StringBuilder().Insert(0, One, 10_000) + ") }")!;

        Assert.Equal(10_000, ((ArrayNode)root.Properties[0].Value).Items.Count());
        Assert.True(watch.Elapsed.TotalSeconds < 30, $"{watch.Elapsed}");
    }

    private static void AssertShowsNoText(string line)
    {
        Assert.DoesNotContain("sk-secret", line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("sk_secret", line, StringComparison.OrdinalIgnoreCase);
    }

    private static RunResult Run(string text)
    {
        using var shell = new ModuleRunspace();
        return shell.Run(text);
    }

    private ObjectNode? Read(string text) => DataFileReader.Read(
        ConfigurationFolder.FileOf(Encoding.UTF8.GetBytes(text), "a.psd1", errors), errors);
}
