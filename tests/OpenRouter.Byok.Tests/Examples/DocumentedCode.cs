using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OpenRouter.Sandbox;

namespace OpenRouter.Byok.Tests.Examples;

/// <summary>Code that people copy, and where it stands.</summary>
internal sealed record Example(string Source, string Code);

/// <summary>The code in the README, in docs, in help, in the about topic and in the runbooks.</summary>
internal static partial class DocumentedCode
{
    private const string TopicIndent = "        ";

    /// <summary>The blocks that the README and the pages in docs offer to be copied, in their order.</summary>
    public static IReadOnlyList<Example> Pages { get; } = [.. OfPages(PowerShellBlocks())];

    /// <summary>What they show as typed at a prompt.</summary>
    public static IReadOnlyList<Example> Transcripts { get; } = [.. OfPages(PromptLines())];

    /// <summary>What they show as typed at a prompt, and what comes out.</summary>
    public static IReadOnlyList<Example> Screens { get; } = [.. OfPages(ScreenBlocks())];

    /// <summary>The examples of each cmdlet's help.</summary>
    public static IReadOnlyList<Example> Help { get; } =
    [
        .. from command in XDocument.Load(StagedFile("OpenRouter.Byok.dll-Help.xml")).Descendants()
           where command.Name.LocalName == "command"
           let name = command.Descendants().First(static element => element.Name.LocalName == "name").Value
           from code in command.Descendants().Where(static element => element.Name.LocalName == "code")
           select new Example("help of " + name.Trim(), code.Value.ReplaceLineEndings("\n")),
    ];

    /// <summary>The commands that stand in the about topic, set off from its text.</summary>
    public static IReadOnlyList<Example> Topic { get; } =
    [
        .. IndentedBlocks().Matches(Read(StagedFile("about_OpenRouterByok.help.txt")))
            .Select(static match => match.Value.Replace(TopicIndent, "", StringComparison.Ordinal))
            .Where(static text => text.Contains("-OpenRouter", StringComparison.Ordinal) && !IsProse(text))
            .Select(static text => new Example("about topic", text)),
    ];

    /// <summary>The scripts in the folder of examples, the tour among them.</summary>
    public static IReadOnlyList<Example> Runbooks { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(StagedModule.Root, "examples"), "*.ps1")
            .Order(StringComparer.Ordinal)
            .Select(static file => new Example(Path.GetFileName(file), File.ReadAllText(file))),
    ];

    public static IEnumerable<Example> All => [.. Pages, .. Transcripts, .. Help, .. Topic, .. Runbooks];

    private static IEnumerable<Example> OfPages(Regex parts) =>
        from file in Directory.EnumerateFiles(Path.Combine(StagedModule.Root, "docs"), "*.md")
            .Order(StringComparer.Ordinal).Prepend("README.md")
        from match in parts.Matches(Read(file))
        select new Example(Path.GetFileName(file), match.Groups[1].Value);

    private static string Read(string file) =>
        File.ReadAllText(Path.Combine(StagedModule.Root, file)).ReplaceLineEndings("\n");

    private static string StagedFile(string name) => Path.Combine(StagedModule.Folder, "en-US", name);

    private static bool IsProse(string text) => text.TrimEnd().EndsWith('.');

    [GeneratedRegex("^```powershell\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex PowerShellBlocks();

    [GeneratedRegex("^PS> (.*)$", RegexOptions.Multiline)]
    private static partial Regex PromptLines();

    [GeneratedRegex("^```\n(PS> .*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ScreenBlocks();

    [GeneratedRegex("(?:^ {8}.*\n)+", RegexOptions.Multiline)]
    private static partial Regex IndentedBlocks();
}
