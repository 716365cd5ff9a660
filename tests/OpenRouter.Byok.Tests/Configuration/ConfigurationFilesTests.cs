using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Finding the files of -Path and -LiteralPath, and reading each as what it is.</summary>
public sealed class ConfigurationFilesTests : IDisposable
{
    private readonly ConfigurationFolder folder = new();
    private readonly ConfigurationErrors errors = new();
    private readonly ModuleRunspace shell = new();

    public ConfigurationFilesTests()
    {
        folder.Write("b.json", "{ /* c */ \"b\": 1, }");
        folder.Write("a.JSONC", "{ \"a\": 1 }");
        folder.Write("c.PSD1", "@{ c = 1 }");
        folder.Write("d.txt", "[1]");
        folder.Write("teams/e[1].json", "{ \"e\": 1 }");
        folder.Write("teams.json/f.json", "{ \"f\": 1 }");
        Paths.SetLocation(folder.Path);
    }

    private PathIntrinsics Paths => shell.Runspace.SessionStateProxy.Path;

    public void Dispose()
    {
        shell.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Each_file_is_read_once_in_the_order_of_paths()
    {
        var roots = Read(
            false, "*.json", "./b.json", "[c].psd1", "c.PSD1", "*c", "*.PSD1", "d.txt", "*/f.json", "b.json");

        Assert.Equal(
            ["a.JSONC {a:1}", "b.json {b:1}", "c.PSD1 {c:1}", "d.txt [1]", "teams.json/f.json {f:1}"], roots);
        Assert.Empty(NodeText.Of(errors));
    }

    [Fact]
    public void A_file_has_its_folder_and_a_name_from_the_current_location()
    {
        Paths.SetLocation(Path.Combine(folder.Path, "teams"));

        var nodes = new ConfigurationFiles(Paths).Read(["e[1].json", "../b.json"], isLiteral: true, errors);

        Assert.Equal(
            [(Path.Combine(folder.Path, "b.json"), folder.Path), ("e[1].json", Path.Combine(folder.Path, "teams"))],
            nodes.Select(static node => (node.Position.Source.Name, node.Position.Source.Folder!)));
    }

    [Fact]
    public void Wildcard_characters_stand_for_themselves_when_escaped_or_literal()
    {
        Assert.Equal(["teams/e[1].json {e:1}"], Read(true, "teams/e[1].json"));
        Assert.Equal(["teams/e[1].json {e:1}"], Read(false, "teams/e`[1`].json"));
        AssertWrong("No file matches teams/e[1].json.", "teams/e[1].json");
    }

    [Fact]
    public void A_path_that_leads_to_no_file_is_an_error_of_the_argument()
    {
        AssertWrong("No file matches *.yaml.", "*.yaml");
        AssertWrong("No file matches team*.", "team*");
        AssertWrong("No file matches none/*.json.", "none/*.json");
        AssertWrong("The file none.json does not exist.", "none.json");
        AssertWrong("teams is a folder.", "teams");
        AssertWrong("env:PATH is not a path of the file system.", "env:PATH");
        AssertWrong("env:PAT* is not a path of the file system.", "env:PAT*");
        AssertWrong("nodrive:a.json is not a path of the file system.", "nodrive:a.json");
    }

    [Fact]
    public void Errors_of_all_files_are_reported_together()
    {
        folder.Write("1.json", "{ \"a\" }");
        folder.Write("2.psd1", "@{ a = $b }");
        folder.Write("3.json", "");
        folder.Write("4.json", "{ \"a\": 1, \"a\": 2 }");

        Assert.Equal(["4.json {a:1}"], Read(false, "[1234].*"));

        Assert.Equal(["1.json:1:7", "2.psd1:1:8", "3.json", "4.json:1:11"], NodeText.Of(errors).Select(
            static line => line[..line.IndexOf(": ", StringComparison.Ordinal)]));
    }

    private string[] Read(bool isLiteral, params string[] paths) =>
    [
        .. new ConfigurationFiles(Paths).Read(paths, isLiteral, errors).Select(static root =>
            $"{root.Position.Source.Name.Replace('\\', '/')} {NodeText.Of(root)}"),
    ];

    private void AssertWrong(string message, string path)
    {
        var failure = Assert.Throws<OpenRouterException>(() => Read(false, path));

        Assert.Equal(ErrorReason.InvalidArgument, failure.Reason);
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }
}
