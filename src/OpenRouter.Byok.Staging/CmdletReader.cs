using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;

namespace OpenRouter.Byok.Staging;

/// <summary>Puts together what the engine knows about a cmdlet and what its documentation comments say.</summary>
internal sealed class CmdletReader(XmlDocumentation documentation, List<string> problems)
{
    private const string AboutTopic = "about_OpenRouterByok";

    private readonly ParameterReader parameters = new(documentation, problems);

    /// <summary>The help of the cmdlet that a class implements.</summary>
    public CmdletHelp Read(Type type)
    {
        var name = XmlDocumentation.CmdletName(type)!;
        var comment = documentation.Of(type);
        // The engine's own reading of the class: what Get-Command shows is what help shows.
        var command = new CmdletInfo(name, type);
        var all = parameters.All(command);
        return new CmdletHelp(
            name,
            OnlinePage(type, name),
            Sentence(comment.Element("summary"), name, "summary"),
            Required(comment.Element("remarks"), name, "remarks"),
            [
                .. command.ParameterSets.OrderByDescending(static set => set.IsDefault)
                    .Select(set => parameters.InSyntax(command, set)),
            ],
            all,
            Inputs(all),
            Outputs(type, name, all),
            Examples(comment, name),
            Links(comment, type, name));
    }

    private static List<TypeHelp> Inputs(IReadOnlyList<ParameterHelp> all)
    {
        var byValue = all
            .Where(static parameter => parameter.PipelineInput.Contains("ByValue", StringComparison.Ordinal))
            .GroupBy(static parameter => parameter.FullTypeName)
            .Select(static group => new TypeHelp(group.Key, $"A value for {Names(group)}."));
        var byName = all
            .Where(static parameter => parameter.PipelineInput.Contains("ByPropertyName", StringComparison.Ordinal))
            .ToList();
        var inputs = byValue.ToList();
        if (byName.Count > 0)
        {
            inputs.Add(new TypeHelp(
                "System.Object", $"An object whose properties are named like {Names(byName)}, or like their aliases."));
        }

        return inputs.Count > 0 ? inputs : [new TypeHelp("None", "This cmdlet takes nothing from the pipeline.")];
    }

    private static string Names(IEnumerable<ParameterHelp> group)
    {
        var names = group.Select(static parameter => "-" + parameter.Name).ToList();
        return names.Count == 1 ? names[0] : string.Join(", ", names.SkipLast(1)) + " or " + names[^1];
    }

    private List<TypeHelp> Outputs(Type type, string name, IReadOnlyList<ParameterHelp> all)
    {
        var types = type.GetCustomAttributes<OutputTypeAttribute>()
            .SelectMany(static attribute => attribute.Type)
            .Where(static output => output.Type != typeof(void))
            .ToList();
        if (types.Count == 0)
        {
            return [new TypeHelp("None", "This cmdlet returns nothing.")];
        }

        var condition = all.Any(static parameter => parameter.Name == "PassThru") ? "Only with -PassThru. " : "";
        return [.. types.Select(output => new TypeHelp(output.Name, condition + OfOutput(output.Type, name)))];
    }

    private string OfOutput(Type? output, string name) =>
        output is not null && documentation.Covers(output)
            ? Sentence(documentation.Of(output).Element("summary"), $"{name}: output {output.Name}", "summary")
            : "";

    private List<ExampleHelp> Examples(XElement comment, string name)
    {
        var examples = comment.Elements("example")
            .Select((example, index) => Example(example, $"{name}: example {index + 1}"))
            .ToList();
        if (examples.Count == 0)
        {
            problems.Add($"OBK001: {name} has no <example>");
        }

        return examples;
    }

    private ExampleHelp Example(XElement example, string place)
    {
        var code = string.Join(
            "\n", example.Elements("code").Select(static code => DocumentationText.Code(code.Value)));
        if (code.Length == 0)
        {
            problems.Add($"OBK001: {place} has no <code>");
        }

        var remarks = new XElement(
            "remarks",
            example.Nodes().Where(static node => node is not XElement { Name.LocalName: "summary" or "code" }));
        return new ExampleHelp(
            Sentence(example.Element("summary"), place, "summary"), code, Required(remarks, place, "para"));
    }

    private string OnlinePage(Type type, string name)
    {
        var address = type.GetCustomAttribute<CmdletAttribute>()!.HelpUri;
        if (address.Length == 0)
        {
            problems.Add($"OBK001: {name} has no HelpUri");
        }

        return address;
    }

    private List<LinkHelp> Links(XElement comment, Type type, string name)
    {
        var links = comment.Elements("seealso").Select(link => (string?)link.Attribute("cref") is { } id
            ? new LinkHelp(documentation.Describe(id, name), "")
            : new LinkHelp(
                link.Value.Trim() is { Length: > 0 } text ? text : Address(link, name), Address(link, name)));
        // Get-Help -Online opens the first address.
        return [new LinkHelp("Online version", OnlinePage(type, name)), .. links, new LinkHelp(AboutTopic, "")];
    }

    private string Address(XElement link, string name)
    {
        var address = (string?)link.Attribute("href");
        if (!Uri.TryCreate(address, UriKind.Absolute, out _))
        {
            problems.Add($"OBK002: {name}: <seealso> needs a cref, or an href with a whole address");
        }

        return address ?? "";
    }

    private string Sentence(XElement? element, string place, string tag) =>
        string.Join(" ", Required(element, place, tag).Select(static block => block.Text));

    private IReadOnlyList<TextBlock> Required(XElement? element, string place, string tag)
    {
        var blocks = DocumentationText.Blocks(element, documentation, place, problems);
        if (blocks.Count == 0)
        {
            problems.Add($"OBK001: {place} has no <{tag}>");
        }

        return blocks;
    }
}
