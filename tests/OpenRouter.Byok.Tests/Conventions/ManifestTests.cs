using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text.RegularExpressions;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Conventions;

/// <summary>The manifest as the Gallery and the engine read it.</summary>
public sealed partial class ManifestTests : IDisposable
{
    private readonly ModuleRunspace shell = new();
    private readonly PSModuleInfo module;

    public ManifestTests() =>
        module = (PSModuleInfo)shell.Run("Get-Module OpenRouter.Byok").Output.Single().BaseObject;

    public void Dispose() => shell.Dispose();

    [Fact]
    public void It_stands_the_engine_s_own_test() =>
        Assert.Empty(shell.Run("Test-ModuleManifest $path", new { path = StagedModule.Manifest }).Warnings);

    [Fact]
    public void It_is_complete_for_the_Gallery()
    {
        Assert.Equal(new Version(5, 1), module.PowerShellVersion);
        Assert.Equal(["Core", "Desktop"], module.CompatiblePSEditions.Order());
        Assert.Equal(new Version(4, 7, 2), Value("DotNetFrameworkVersion") is string net ? Version.Parse(net) : null);
        Assert.NotEqual(Guid.Empty, module.Guid);
        Assert.All(
            [module.Author, module.CompanyName, module.Copyright, module.Description, module.ReleaseNotes],
            static text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.All(
            [module.ProjectUri, module.LicenseUri, module.IconUri],
            static uri => Assert.Equal("https", uri.Scheme));
        Assert.All(
            ["OpenRouter", "BYOK", "PSEdition_Core", "PSEdition_Desktop", "Windows", "Linux", "MacOS"],
            tag => Assert.Contains(tag, module.Tags));
        Assert.DoesNotContain(module.Tags, static tag => tag.Contains(' ', StringComparison.Ordinal));
    }

    [Fact]
    public void It_exports_the_cmdlet_classes_and_nothing_else()
    {
        var classes = typeof(ByokKey).Assembly.GetTypes()
            .Select(static type => type.GetCustomAttribute<CmdletAttribute>())
            .OfType<CmdletAttribute>()
            .Select(static cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}");

        Assert.Equal(classes.Order(), ((object[])Value("CmdletsToExport")!).Cast<string>().Order());
        Assert.Equal(classes.Order(), module.ExportedCommands.Keys.Order());
        Assert.All(
            ["FunctionsToExport", "VariablesToExport", "AliasesToExport"],
            name => Assert.Empty((IEnumerable)Value(name)!));
    }

    [Theory]
    [InlineData("RequiredModules")]
    [InlineData("ScriptsToProcess")]
    [InlineData("RequiredAssemblies")]
    [InlineData("NestedModules")]
    public void It_needs_nothing_but_itself(string name) => Assert.Null(Value(name));

    [Fact]
    public void Its_version_is_the_assembly_s_and_the_changelog_s()
    {
        var version = module.Version.ToString();

        Assert.Equal(version, typeof(ByokKey).Assembly.GetName().Version!.ToString(3));
        var changelog = File.ReadAllLines(Path.Combine(StagedModule.Root, "CHANGELOG.md"));
        Assert.Contains(
            changelog,
            line => line.StartsWith("## ", StringComparison.Ordinal)
                && line.Contains(version, StringComparison.Ordinal));
    }

    [Fact]
    public void What_it_names_is_there() => Assert.All(
        ((object[])Value("FormatsToProcess")!).Cast<string>()
            .Concat(
            [
                "Core/OpenRouter.Byok.dll", "Desktop/OpenRouter.Byok.dll",
                "en-US/OpenRouter.Byok.dll-Help.xml",
                "LICENSE", "README.md", "icon.png",
            ]),
        static file => Assert.True(File.Exists(Path.Combine(StagedModule.Folder, file)), file));

    [Fact]
    public void The_readme_refers_to_nothing_that_a_gallery_does_not_have()
    {
        var targets = LinkTarget().Matches(File.ReadAllText(Path.Combine(StagedModule.Folder, "README.md")))
            .Select(static match => match.Groups["target"].Value)
            .ToList();

        Assert.Contains($"{module.ProjectUri}/blob/v{module.Version}/LICENSE", targets);
        Assert.All(targets, static target => Assert.Matches("^(https://|#)", target));
    }

    [Fact]
    public void Nothing_of_a_build_is_left_in_it() => Assert.All(
        Directory.EnumerateFiles(StagedModule.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName),
        static file => Assert.Matches(
            @"(\.psd1|\.ps1xml|\.dll|\.help\.txt|-Help\.xml|^(LICENSE|README\.md|icon\.png))$", file));

    [GeneratedRegex(@"\]\((?<target>[^)]*)\)")]
    private static partial Regex LinkTarget();

    // The root module is an expression, so the manifest cannot be read as data alone.
    private static object? Value(string name)
    {
        var manifest = Parser.ParseFile(StagedModule.Manifest, out _, out var errors);
        Assert.Empty(errors);
        var table = (HashtableAst)manifest.Find(static ast => ast is HashtableAst, searchNestedScriptBlocks: false);
        var pair = table.KeyValuePairs.FirstOrDefault(pair => ((StringConstantExpressionAst)pair.Item1).Value == name);
        return ((pair?.Item2 as PipelineAst)?.PipelineElements[0] as CommandExpressionAst)?.Expression.SafeGetValue();
    }
}
