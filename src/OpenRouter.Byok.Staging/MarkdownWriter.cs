using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace OpenRouter.Byok.Staging;

/// <summary>Writes help as Markdown: an index, and each page that <c>Get-Help -Online</c> opens.</summary>
internal sealed class MarkdownWriter(IReadOnlyList<CmdletHelp> cmdlets)
{
    private const string Notice =
        "<!-- Written from the comments in src/OpenRouter.Byok/Cmdlets; see CONTRIBUTING.md. -->";
    private const string Topic = "about_OpenRouterByok";
    private const string TopicFile = $"../../src/OpenRouter.Byok/Views/en-US/{Topic}.help.txt";

    private static readonly (string Title, string[] Nouns)[] Groups =
    [
        ("Credentials", ["OpenRouterByokKey"]),
        ("Routes, audits, and usage", ["OpenRouterByokRoute", "OpenRouterByokAudit", "OpenRouterByokUsage"]),
        ("Sessions", ["OpenRouter", "OpenRouterContext"]),
    ];

    private readonly MarkdownText text = new(cmdlets.Select(static help => help.Name).ToHashSet());

    /// <summary>Writes the pages that differ and deletes those that no cmdlet has.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var pages = cmdlets.ToDictionary(static help => help.Name + ".md", Page);
        pages.Add("README.md", Index());
        foreach (var (name, content) in pages)
        {
            var file = Path.Combine(folder, name);
            if (!File.Exists(file) || File.ReadAllText(file) != content)
            {
                File.WriteAllText(file, content);
            }
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.md").ToList())
        {
            if (!pages.ContainsKey(Path.GetFileName(file)))
            {
                File.Delete(file);
            }
        }
    }

    private string Index()
    {
        var rest = cmdlets.Where(static help => !Groups.Any(group => group.Nouns.Contains(NounOf(help)))).ToList();
        return Join(
        [
            Notice,
            "# Cmdlets of OpenRouter.Byok",
            .. Groups.SelectMany(group =>
                Section(group.Title, cmdlets.Where(help => group.Nouns.Contains(NounOf(help))))),
            .. Section("Lookups", rest),
            $"The topic [{Topic}]({TopicFile}) describes the concepts.",
        ]);
    }

    private IEnumerable<string> Section(string title, IEnumerable<CmdletHelp> members) =>
    [
        "## " + title,
        "| cmdlet | what it does |\n|---|---|\n" + string.Join(
            "\n",
            members.Select(help => $"| {MarkdownText.Link(help.Name)} | {text.Of(help.Synopsis, "")} |")),
    ];

    private string Page(CmdletHelp help) => Join(
    [
        Notice,
        "# " + help.Name,
        text.Of(help.Synopsis, help.Name),
        "## Syntax",
        .. help.Syntax.Select(set => Fence("", MarkdownSyntax.Of(help.Name, set))),
        "## Description",
        .. Blocks(help.Description, help.Name),
        "## Examples",
        .. help.Examples.SelectMany((example, index) => Example(example, index, help.Name)),
        "## Parameters",
        .. help.Parameters.SelectMany(parameter => Parameter(parameter, help.Name)),
        "### Common parameters",
        "This cmdlet supports the [common parameters]"
            + "(https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_commonparameters).",
        "## Inputs",
        .. help.Inputs.SelectMany(type => Type(type, help.Name)),
        "## Outputs",
        .. help.Outputs.SelectMany(type => Type(type, help.Name)),
        "## Related links",
        string.Join("\n", help.Links.Where(link => link.Address != help.OnlinePage).Select(link => "- " + Link(link))),
    ]);

    private IEnumerable<string> Example(ExampleHelp example, int index, string page) =>
    [
        $"### Example {index + 1}: {text.Of(example.Title.TrimEnd('.'), page)}",
        Fence("powershell", example.Code),
        .. Blocks(example.Remarks, page),
    ];

    private IEnumerable<string> Parameter(ParameterHelp parameter, string page)
    {
        (string Name, string Value)[] rows =
        [
            ("Type", Code(parameter.FullTypeName)),
            ("Required", parameter.Mandatory ? "yes" : "no"),
            ("Position", parameter.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            ("Default value", text.Of(parameter.DefaultValue, page)),
            ("Accepts pipeline input", PipelineInput(parameter)),
            ("Accepts wildcards", parameter.Wildcards ? "yes" : "no"),
            ("Accepted values", string.Join(", ", parameter.Values.Select(Code))),
            ("Aliases", string.Join(", ", parameter.Aliases.Select(Code))),
        ];
        return
        [
            "### -" + parameter.Name,
            .. Blocks(parameter.Description, page),
            "| | |\n|---|---|\n" + string.Join(
                "\n",
                rows.Where(static row => row.Value.Length > 0).Select(static row => $"| {row.Name} | {row.Value} |")),
        ];
    }

    private static string PipelineInput(ParameterHelp parameter) => parameter.PipelineInput
        .Replace("True", "yes", StringComparison.Ordinal)
        .Replace("False", "no", StringComparison.Ordinal);

    private IEnumerable<string> Type(TypeHelp type, string page) =>
        type.Description.Length == 0
            ? ["### " + type.Name]
            : ["### " + type.Name, text.Of(type.Description, page)];

    private string Link(LinkHelp link) => link switch
    {
        { Address.Length: > 0 } => $"[{text.Of(link.Text, "")}]({link.Address})",
        { Text: Topic } => $"[{Topic}]({TopicFile})",
        _ => text.Of(link.Text, ""),
    };

    /// <summary>Paragraphs and lists; the items of one list stand together.</summary>
    private IEnumerable<string> Blocks(IReadOnlyList<TextBlock> blocks, string page)
    {
        for (var index = 0; index < blocks.Count;)
        {
            var first = blocks[index];
            if (!first.IsListItem)
            {
                yield return first.Kind == BlockKind.Code
                    ? Fence("powershell", first.Text)
                    : text.Of(first.Text, page);
                index++;
                continue;
            }

            var items = blocks.Skip(index).TakeWhile(block => block.Kind == first.Kind).ToList();
            yield return string.Join("\n", items.Select((item, number) =>
                (item.Kind == BlockKind.Number ? $"{number + 1}. " : "- ") + text.Of(item.Text, page)));
            index += items.Count;
        }
    }

    private static string Code(string value) => MarkdownText.Cell(MarkdownText.Code(value));

    private static string Fence(string language, string code) => $"```{language}\n{code}\n```";

    private static string NounOf(CmdletHelp help) => help.Name.Split('-')[1];

    private static string Join(IEnumerable<string> blocks) => string.Join("\n\n", blocks) + "\n";
}
