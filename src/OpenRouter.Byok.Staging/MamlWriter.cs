using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OpenRouter.Byok.Staging;

/// <summary>
/// Writes help as MAML, the form in which both editions of PowerShell read the help of binary cmdlets.
/// </summary>
internal static class MamlWriter
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes the help of all cmdlets to one file.</summary>
    public static void Write(string path, IReadOnlyList<CmdletHelp> cmdlets)
    {
        var items = new XElement(
            Msh + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "command", Command.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "dev", Dev.NamespaceName),
            cmdlets.Select(ToMaml));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using var writer = XmlWriter.Create(path, settings);
        items.Save(writer);
    }

    private static XElement ToMaml(CmdletHelp help) => new(
        Command + "command",
        new XElement(
            Command + "details",
            new XElement(Command + "name", help.Name),
            new XElement(Command + "verb", help.Name.Split('-')[0]),
            new XElement(Command + "noun", help.Name.Split('-')[1]),
            new XElement(Maml + "description", Paragraph(help.Synopsis))),
        new XElement(Maml + "description", Flow(help.Description)),
        new XElement(Command + "syntax", help.Syntax.Select(set => SyntaxItem(help.Name, set))),
        new XElement(
            Command + "parameters",
            help.Parameters.Select(static parameter => Parameter(parameter, inSyntax: false))),
        new XElement(Command + "inputTypes", help.Inputs.Select(static type => TypeOf("inputType", type))),
        new XElement(Command + "returnValues", help.Outputs.Select(static type => TypeOf("returnValue", type))),
        new XElement(Command + "examples", help.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", help.Links.Select(Link)));

    private static XElement SyntaxItem(string name, IReadOnlyList<ParameterHelp> set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", name),
        set.Select(static parameter => Parameter(parameter, inSyntax: true)));

    private static XElement Parameter(ParameterHelp parameter, bool inSyntax) => new(
        Command + "parameter",
        new XAttribute("required", Text(parameter.Mandatory)),
        new XAttribute("variableLength", Text(parameter.FullTypeName.EndsWith("[]", StringComparison.Ordinal))),
        new XAttribute("globbing", Text(parameter.Wildcards)),
        new XAttribute("pipelineInput", parameter.PipelineInput),
        new XAttribute("position", parameter.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(Maml + "name", parameter.Name),
        new XElement(Maml + "description", Flow(parameter.Description)),
        inSyntax ? SyntaxValue(parameter) : Value(parameter.TypeName, !parameter.IsSwitch),
        new XElement(Dev + "type", new XElement(Maml + "name", parameter.FullTypeName), new XElement(Maml + "uri")),
        new XElement(Dev + "defaultValue", parameter.DefaultValue));

    /// <summary>In syntax a switch has no value, and a closed set of values is spelled out.</summary>
    private static XElement? SyntaxValue(ParameterHelp parameter) => parameter switch
    {
        { IsSwitch: true } => null,
        { Values.Count: > 0 } => new XElement(
            Command + "parameterValueGroup", parameter.Values.Select(static value => Value(value, required: false))),
        _ => Value(parameter.TypeName, required: true),
    };

    private static XElement Value(string text, bool required) => new(
        Command + "parameterValue",
        new XAttribute("required", Text(required)),
        new XAttribute("variableLength", "false"),
        text);

    private static XElement TypeOf(string element, TypeHelp type) => new(
        Command + element,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name), new XElement(Maml + "uri")),
        new XElement(Maml + "description", Paragraph(type.Description)));

    private static XElement Example(ExampleHelp example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", $"--- Example {index + 1}: {example.Title.TrimEnd('.')} ---"),
        new XElement(Dev + "code", example.Code),
        // The views show nothing but paragraphs here; the empty one keeps the next example apart.
        new XElement(Dev + "remarks", example.Remarks.Select(static block => Paragraph(Marked(block))), Paragraph("")));

    private static XElement Link(LinkHelp link) => new(
        Maml + "navigationLink",
        new XElement(Maml + "linkText", link.Address.Length == 0 ? link.Text : link.Text + ":"),
        new XElement(Maml + "uri", link.Address));

    private static IEnumerable<XElement> Flow(IReadOnlyList<TextBlock> blocks)
    {
        for (var rest = blocks.AsEnumerable(); rest.FirstOrDefault() is { } first;)
        {
            if (!first.IsListItem)
            {
                yield return Paragraph(first.Text);
                rest = rest.Skip(1);
                continue;
            }

            var items = rest.TakeWhile(block => block.Kind == first.Kind).ToList();
            yield return new XElement(
                Maml + "list",
                new XAttribute("class", first.Kind == BlockKind.Number ? "ordered" : "bullet"),
                items.Select(static item => new XElement(Maml + "listItem", Paragraph(item.Text))));
            rest = rest.Skip(items.Count).ToList();
            if (rest.Any())
            {
                yield return Paragraph("");
            }
        }
    }

    private static XElement Paragraph(string text) => new(Maml + "para", text);

    private static string Marked(TextBlock block) => block.IsListItem ? "* " + block.Text : block.Text;

    private static string Text(bool value) => value ? "true" : "false";
}
