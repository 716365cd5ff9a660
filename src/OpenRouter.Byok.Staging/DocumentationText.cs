using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OpenRouter.Byok.Staging;

/// <summary>Turns the elements of one documentation comment into plain text.</summary>
internal sealed partial class DocumentationText(XmlDocumentation documentation, string place, List<string> problems)
{
    private readonly List<TextBlock> blocks = [];
    private readonly StringBuilder line = new();

    /// <summary>The paragraphs and list items of an element, in order.</summary>
    public static IReadOnlyList<TextBlock> Blocks(
        XElement? element, XmlDocumentation documentation, string place, List<string> problems)
    {
        var text = new DocumentationText(documentation, place, problems);
        if (element is not null)
        {
            text.Add(element.Nodes());
        }

        text.EndBlock(BlockKind.Paragraph);
        return text.blocks;
    }

    /// <summary>Code as it was written, without the indentation of the comment that holds it.</summary>
    public static string Code(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(static line => line.TrimEnd()).ToList();
        var indent = lines.Where(static line => line.Length > 0)
            .Select(static line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : "")).Trim('\n');
    }

    private void Add(IEnumerable<XNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (node is XText text)
            {
                line.Append(text.Value);
            }
            else if (node is XElement element)
            {
                Add(element);
            }
        }
    }

    private void Add(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "para":
                EndBlock(BlockKind.Paragraph);
                Add(element.Nodes());
                EndBlock(BlockKind.Paragraph);
                break;
            case "list":
                EndBlock(BlockKind.Paragraph);
                AddList(element);
                break;
            case "code":
                EndBlock(BlockKind.Paragraph);
                blocks.Add(new TextBlock(Code(element.Value), BlockKind.Code));
                break;
            case "see" or "seealso":
                line.Append(Reference(element));
                break;
            case "paramref":
                line.Append('-').Append((string?)element.Attribute("name"));
                break;
            case "c" or "b" or "i" or "em" or "strong":
                Add(element.Nodes());
                break;
            case "br":
                line.Append(' ');
                break;
            default:
                problems.Add($"OBK003: {place}: <{element.Name.LocalName}> has no meaning in help");
                break;
        }
    }

    private void AddList(XElement list)
    {
        var kind = (string?)list.Attribute("type") == "number" ? BlockKind.Number : BlockKind.Bullet;
        foreach (var item in list.Elements("item"))
        {
            if (item.Element("term") is { } term)
            {
                Add(term.Nodes());
                if (item.Element("description") is not null)
                {
                    line.Append(": ");
                }
            }

            Add(item.Element("description")?.Nodes() ?? (item.Element("term") is null ? item.Nodes() : []));
            EndBlock(kind);
        }
    }

    private string Reference(XElement element)
    {
        if ((string?)element.Attribute("langword") is { } word)
        {
            return word is "null" or "true" or "false" ? "$" + word : word;
        }

        if ((string?)element.Attribute("cref") is { } id)
        {
            return element.Value.Length > 0 ? element.Value : documentation.Describe(id, place);
        }

        if ((string?)element.Attribute("href") is { } address)
        {
            return element.Value.Length > 0 ? $"{element.Value} ({address})" : address;
        }

        problems.Add($"OBK002: {place}: <{element.Name.LocalName}> refers to nothing");
        return "";
    }

    private void EndBlock(BlockKind kind)
    {
        var text = Whitespace().Replace(line.ToString(), " ").Trim();
        line.Clear();
        if (text.Length > 0)
        {
            blocks.Add(new TextBlock(text, kind));
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
