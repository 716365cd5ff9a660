using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;

namespace OpenRouter.Byok.Reporting;

/// <summary>
/// A page in the part of the Mustache language that cannot write markup: values, which are always encoded, sections,
/// inverted sections, and comments.
/// </summary>
/// <remarks>
/// https://mustache.github.io/mustache.5.html. A partial is a file of the module: a template if it is HTML, and
/// otherwise text that is inserted as it is. Unlike in Mustache, a name that nothing has is an error, and so is a value
/// that is neither text nor a number. Indentation is removed.
/// </remarks>
internal sealed class HtmlTemplate
{
    private const string TagStart = "{{";
    private const string TagEnd = "}}";

    private readonly IReadOnlyList<Node> nodes;

    private HtmlTemplate(IReadOnlyList<Node> nodes)
    {
        this.nodes = nodes;
    }

    /// <param name="text">The template.</param>
    /// <param name="readPartial">Reads the text of a partial by its name.</param>
    /// <exception cref="FormatException">The template is not well formed.</exception>
    public static HtmlTemplate Parse(string text, Func<string, string> readPartial)
    {
        var lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
        var compact = string.Concat(lines.Select(line => IsStandaloneTag(line) ? line : line + "\n"));
        var position = 0;
        return new HtmlTemplate(ParseSection(compact, ref position, section: null, readPartial));
    }

    /// <summary>Writes the page.</summary>
    /// <param name="model">The values, by their names.</param>
    /// <param name="output">Receives the page.</param>
    /// <param name="display">Turns each text into what is shown of it, before it is encoded.</param>
    /// <exception cref="InvalidOperationException">The template and the model do not match.</exception>
    public void Render(JsonElement model, TextWriter output, Func<string, string> display) =>
        Render(nodes, new Scope(model, Outer: null), output, display);

    // Such a line is not to leave an empty one behind.
    private static bool IsStandaloneTag(string line) =>
        line.StartsWith(TagStart, StringComparison.Ordinal)
        && line.IndexOf(TagEnd, StringComparison.Ordinal) == line.Length - TagEnd.Length
        && line[TagStart.Length] is '#' or '^' or '/' or '>' or '!';

    private static List<Node> ParseSection(
        string text, ref int position, string? section, Func<string, string> readPartial)
    {
        var found = new List<Node>();
        while (position < text.Length)
        {
            var start = text.IndexOf(TagStart, position, StringComparison.Ordinal);
            if (start < 0)
            {
                break;
            }

            var end = text.IndexOf(TagEnd, start, StringComparison.Ordinal);
            if (end < 0)
            {
                throw new FormatException($"A tag is not closed: {text.Substring(start)}");
            }

            if (start > position)
            {
                found.Add(new Literal(text.Substring(position, start - position)));
            }

            var tag = text.Substring(start + TagStart.Length, end - start - TagStart.Length);
            position = end + TagEnd.Length;
            var name = tag.TrimStart('#', '^', '/', '>', '!').Trim();
            switch (tag[0])
            {
                case '#' or '^':
                    found.Add(new Section(
                        name, IsInverted: tag[0] == '^', ParseSection(text, ref position, name, readPartial)));
                    break;
                case '/' when name == section:
                    return found;
                case '/':
                    throw new FormatException($"The section '{name}' is closed, but not open.");
                case '>':
                    found.AddRange(ParsePartial(name, readPartial));
                    break;
                case '!':
                    // A comment of several lines that stands alone leaves no empty line either.
                    if (position < text.Length && text[position] == '\n' && (start == 0 || text[start - 1] == '\n'))
                    {
                        position++;
                    }

                    break;
                default:
                    found.Add(new Value(name));
                    break;
            }
        }

        if (section is not null)
        {
            throw new FormatException($"The section '{section}' is not closed.");
        }

        found.Add(new Literal(text.Substring(position)));
        position = text.Length;
        return found;
    }

    private static IReadOnlyList<Node> ParsePartial(string name, Func<string, string> readPartial) =>
        name.EndsWith(".html", StringComparison.Ordinal)
            ? Parse(readPartial(name), readPartial).nodes
            : [new Literal(readPartial(name))];

    private static void Render(
        IReadOnlyList<Node> nodes, Scope scope, TextWriter output, Func<string, string> display)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case Literal literal:
                    output.Write(literal.Text);
                    break;
                case Value value:
                    WebUtility.HtmlEncode(TextOf(scope.Find(value.Name), value.Name, display), output);
                    break;
                case Section section:
                    RenderSection(section, scope, output, display);
                    break;
            }
        }
    }

    private static void RenderSection(Section section, Scope scope, TextWriter output, Func<string, string> display)
    {
        var value = scope.Find(section.Name);
        if (section.IsInverted)
        {
            if (!IsTruthy(value))
            {
                Render(section.Nodes, scope, output, display);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Render(section.Nodes, new Scope(item, scope), output, display);
            }
        }
        else if (IsTruthy(value))
        {
            Render(section.Nodes, new Scope(value, scope), output, display);
        }
    }

    private static bool IsTruthy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.String => !value.ValueEquals(""),
        _ => true,
    };

    private static string TextOf(JsonElement value, string name, Func<string, string> display) => value.ValueKind switch
    {
        JsonValueKind.String => display(value.GetString()!),
        JsonValueKind.Number => value.GetRawText(),
        _ => throw new InvalidOperationException($"'{name}' is neither text nor a number: {value.ValueKind}."),
    };

    private abstract record Node;

    private sealed record Literal(string Text) : Node;

    private sealed record Value(string Name) : Node;

    private sealed record Section(string Name, bool IsInverted, IReadOnlyList<Node> Nodes) : Node;

    /// <summary>What names are looked up in: a value, and what is around it.</summary>
    private sealed record Scope(JsonElement Value, Scope? Outer)
    {
        public JsonElement Find(string name)
        {
            if (name == ".")
            {
                return Value;
            }

            for (var scope = this; scope is not null; scope = scope.Outer)
            {
                if (scope.Value.ValueKind == JsonValueKind.Object
                    && scope.Value.TryGetProperty(name, out var found))
                {
                    return found;
                }
            }

            throw new InvalidOperationException($"The template uses '{name}', which the model does not have.");
        }
    }
}
