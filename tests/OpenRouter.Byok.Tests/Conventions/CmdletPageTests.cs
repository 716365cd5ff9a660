using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>The pages in docs/cmdlets are what the build makes of the comments, and help leads to them.</summary>
public sealed class CmdletPageTests(HelpTests.HelpShell shell) : IClassFixture<HelpTests.HelpShell>, IDisposable
{
    private const string Address = "https://github.com/openrouter-byok/OpenRouter.Byok/blob/main/docs/cmdlets/";
    private const string Command = "dotnet build src/OpenRouter.Byok.Staging -t:UpdateDocs";

    private static readonly string Committed = Path.Combine(StagedModule.Root, "docs", "cmdlets");
    private static readonly string Built = Path.Combine(StagedModule.Root, "out", "docs", "cmdlets");

    private readonly string folder = Directory.CreateTempSubdirectory("cmdlet pages ").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_pages_are_current()
    {
        var stale = Differences(Committed);

        Assert.True(
            stale.Count == 0,
            $"Not current in docs/cmdlets: {string.Join(", ", stale)}. Run '{Command}' and commit the pages.");
    }

    [Fact]
    public void A_page_that_is_changed_missing_or_left_over_would_be_noticed()
    {
        foreach (var file in Directory.EnumerateFiles(Built, "*.md"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        File.AppendAllText(Path.Combine(folder, "Connect-OpenRouter.md"), "more\n");
        File.Delete(Path.Combine(folder, "README.md"));
        File.WriteAllText(Path.Combine(folder, "Get-OpenRouterThing.md"), "");

        Assert.Equal(["Connect-OpenRouter.md", "Get-OpenRouterThing.md", "README.md"], Differences(folder));
    }

    [Fact]
    public void Every_cmdlet_has_a_page_and_names_it_in_both_places()
    {
        Assert.NotEmpty(shell.Cmdlets);
        Assert.All(shell.Cmdlets, cmdlet =>
        {
            Assert.Equal($"{Address}{cmdlet.Name}.md", HelpUri(cmdlet.Name));
            Assert.Equal(HelpUri(cmdlet.Name), FirstLink(cmdlet.Name));
            Assert.True(File.Exists(Path.Combine(Committed, cmdlet.Name + ".md")), cmdlet.Name);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("docs")]
    [InlineData("docs/cmdlets")]
    public void Pages_link_only_to_files_and_headings_that_exist(string pages) =>
        Assert.Empty(MarkdownLinks.Broken(Path.Combine(StagedModule.Root, pages)));

    private string HelpUri(string cmdlet) =>
        shell.Run("(Get-Command -Name $args[0]).HelpUri", cmdlet).Single().ToString();

    // Get-Help -Online opens the first address among the related links.
    private string FirstLink(string cmdlet) => shell.Run(
        "@((Get-Help -Name $args[0]).relatedLinks.navigationLink.uri).Where({ $_ }, 'First')", cmdlet)[0].ToString();

    private static List<string> Differences(string pages)
    {
        var names = new[] { Built, pages }.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .Select(Path.GetFileName).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        return [.. names.Where(name => Text(Built, name) != Text(pages, name))];
    }

    // A checkout on Windows may have changed the ends of lines.
    private static string? Text(string folder, string name) =>
        Path.Combine(folder, name) is var file && File.Exists(file)
            ? File.ReadAllText(file).ReplaceLineEndings("\n")
            : null;
}
