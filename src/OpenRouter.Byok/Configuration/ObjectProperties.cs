using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>
/// The properties of an object whose names are known beforehand. What is wrong about one is reported, and the property
/// is then treated as absent.
/// </summary>
internal sealed class ObjectProperties
{
    public const int MaximumNameLength = 255;

    private const int MaximumEntries = 100;

    private readonly ObjectNode node;
    private readonly PropertyNames names;
    private readonly ConfigurationErrors errors;

    // For each name, the property that has it: its index and one more, or zero if there is none.
    private readonly int[] numbers;

    /// <param name="node">The object.</param>
    /// <param name="names">The names that its properties may have.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public ObjectProperties(ObjectNode node, PropertyNames names, ConfigurationErrors errors)
    {
        this.node = node;
        this.names = names;
        this.errors = errors;
        numbers = new int[names.All.Count];
        for (var number = 1; number <= node.Properties.Count; number++)
        {
            var property = node.Properties[number - 1];
            if (names.IndexOf(property) is >= 0 and var index)
            {
                numbers[index] = number;
            }
            else
            {
                Unknown(property, names.All);
            }
        }
    }

    public bool Has(string name) => Node(name) is not null;

    public bool IsNull(string name) => Node(name) is ValueNode { Value: null };

    public ConfigurationNode? Node(string name) =>
        numbers[names.IndexOf(name)] is > 0 and var number ? node.Properties[number - 1].Value : null;

    /// <summary>Reports that a property which has to be there is not.</summary>
    public void Require(string name)
    {
        if (!Has(name))
        {
            errors.Add(node.Position, Messages.ConfigurationMissing, name);
        }
    }

    /// <summary>A text without blanks around it; null when there is none.</summary>
    public string? Text(string name)
    {
        if (Node(name) is not { } value)
        {
            return null;
        }

        if (value is not ValueNode { Value: string text })
        {
            return Wrong<string>(name, value, Messages.ConfigurationText);
        }

        if (text.Trim().Length == 0 || text.Trim().Length < text.Length)
        {
            errors.Add(
                value.Position, text.Trim().Length == 0 ? Messages.ConfigurationBlank : Messages.ConfigurationSpaces,
                name);
            return null;
        }

        if (NameResolver.IsKeyItself(text))
        {
            errors.Add(value.Position, Messages.ConfigurationKeyAsText, name);
            return null;
        }

        return text;
    }

    /// <summary>The name of a credential, which may begin or end with a space; null when there is none.</summary>
    public string? Name(string name)
    {
        if (Node(name) is not { } value)
        {
            return null;
        }

        if (value is not ValueNode { Value: string text })
        {
            return Wrong<string>(name, value, Messages.ConfigurationText);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            errors.Add(value.Position, Messages.ConfigurationBlank, name);
            return null;
        }

        if (text.Length > MaximumNameLength)
        {
            errors.Add(value.Position, Messages.ConfigurationTooLong, name, MaximumNameLength, text.Length);
            return null;
        }

        return text;
    }

    /// <summary>A UUID; null when there is none.</summary>
    public string? Id(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Uuid.Normalize(text) is { } id)
        {
            return id;
        }

        errors.Add(Node(name)!.Position, Messages.ConfigurationNoId, name);
        return null;
    }

    public bool? Flag(string name) => Node(name) switch
    {
        null => null,
        ValueNode { Value: bool flag } => flag,
        var value => Wrong<bool?>(name, value, Messages.ConfigurationTrueOrFalse),
    };

    public ObjectNode? Object(string name) => Node(name) switch
    {
        null => null,
        ObjectNode value => value,
        var value => Wrong<ObjectNode>(name, value, Messages.ConfigurationObject),
    };

    /// <summary>The objects of an array; what is none is reported.</summary>
    public IEnumerable<ObjectNode> Objects(string name)
    {
        var items = Node(name) switch
        {
            null => [],
            ArrayNode array => array.Items,
            var value => Wrong<IEnumerable<ConfigurationNode>>(name, value, Messages.ConfigurationArray) ?? [],
        };
        foreach (var item in items)
        {
            if (item is ObjectNode value)
            {
                yield return value;
            }
            else
            {
                errors.Add(
                    item.Position, Messages.ConfigurationEntryType, name, Messages.ConfigurationObject, KindOf(item));
            }
        }
    }

    /// <summary>A list of texts, one at least; null when there is none.</summary>
    public IReadOnlyList<string>? List(string name, IEqualityComparer<string> comparer)
    {
        if (Node(name) is not { } value)
        {
            return null;
        }

        if (value is not ArrayNode array)
        {
            return Wrong<IReadOnlyList<string>>(name, value, Messages.ConfigurationListOrNull);
        }

        var items = array.Items.ToList();
        if (items.Count is 0 or > MaximumEntries)
        {
            errors.Add(
                array.Position,
                items.Count == 0 ? Messages.ConfigurationListEmpty : Messages.ConfigurationListTooLong,
                name, items.Count, MaximumEntries);
            return null;
        }

        var entries = new List<string>();
        foreach (var item in items)
        {
            if (Entry(name, item) is not { } entry)
            {
                continue;
            }

            if (entries.Contains(entry, comparer))
            {
                errors.Add(item.Position, Messages.ConfigurationListTwice, name, entry);
                continue;
            }

            entries.Add(entry);
        }

        return entries.Count == items.Count ? entries : null;
    }

    private string? Entry(string name, ConfigurationNode item)
    {
        if (item is not ValueNode { Value: string text })
        {
            errors.Add(
                item.Position, Messages.ConfigurationEntryType, name, Messages.ConfigurationText, KindOf(item));
            return null;
        }

        if (text.Trim().Length == 0)
        {
            errors.Add(item.Position, Messages.ConfigurationBlank, name);
            return null;
        }

        if (NameResolver.IsKeyItself(text))
        {
            errors.Add(item.Position, Messages.ConfigurationKeyAsText, name);
            return null;
        }

        return text;
    }

    private void Unknown(PropertyNode property, IReadOnlyList<string> allowed)
    {
        var list = string.Join(", ", allowed);
        if (ClosestText.Of(property.Name, allowed) is { } nearest)
        {
            errors.Add(property.Position, Messages.ConfigurationUnknownNearest, property.Name, nearest, list);
        }
        else
        {
            errors.Add(property.Position, Messages.ConfigurationUnknown, property.Name, list);
        }
    }

    private T? Wrong<T>(string name, ConfigurationNode value, string wanted)
    {
        errors.Add(value.Position, Messages.ConfigurationType, name, wanted, KindOf(value));
        return default;
    }

    public static string KindOf(ConfigurationNode node) => node switch
    {
        ObjectNode => Messages.ConfigurationObject,
        ArrayNode => Messages.ConfigurationArray,
        ValueNode { Value: string } => Messages.ConfigurationText,
        ValueNode { Value: NumberText } => Messages.ConfigurationNumber,
        ValueNode { Value: bool flag } => flag ? "true" : "false",
        _ => "null",
    };
}
