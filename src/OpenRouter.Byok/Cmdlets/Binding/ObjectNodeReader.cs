using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Text;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Reads objects of the pipeline: hashtables, objects with properties, and what these hold.</summary>
internal sealed class ObjectNodeReader
{
    /// <summary>How many values one object may have. Lists that hold each other can be without measure.</summary>
    public const int MaximumValues = 1_000_000;

    private readonly ConfigurationSource source;
    private readonly ConfigurationErrors errors;
    private readonly ObjectBuilder objects;

    // The names and indexes that lead to the current value, and the objects on the way.
    private readonly List<object> path = [];
    private readonly List<object> ancestors = [];
    private int count;

    private ObjectNodeReader(ConfigurationSource source, ConfigurationErrors errors)
    {
        this.source = source;
        this.errors = errors;
        objects = new ObjectBuilder(source, errors);
    }

    /// <summary>Whether it is one credential: an object without a list of them, such as a row of a CSV file.</summary>
    public static bool IsRow(object? value) => IsObject(value) && !new PipedProperties(value!).Contain("credentials");

    public static ConfigurationNode Read(object? value, ConfigurationSource source, ConfigurationErrors errors) =>
        new ObjectNodeReader(source, errors).ReadValue(value);

    /// <summary>Reads an object that <see cref="IsRow"/>, as other cmdlets read piped objects.</summary>
    public static ConfigurationNode ReadRow(object row, ConfigurationSource source, ConfigurationErrors errors) =>
        new ObjectNodeReader(source, errors).ReadObject(row, isRow: true);

    private ConfigurationNode ReadValue(object? value)
    {
        if (ScalarValue.TryRead(value, out var scalar))
        {
            return new ValueNode(NextPosition(), scalar);
        }

        return IsObject(value) ? ReadObject(value!, CredentialRow.IsCredential(value!))
            : Arguments.Unwrap(value) is IEnumerable list ? ReadList(list)
            : Refuse(Arguments.Unwrap(value)!.GetType());
    }

    // Of other objects it is not known where their properties lead to.
    private static bool IsObject(object? value) => Arguments.Unwrap(value) is { } bare
        && (bare is IDictionary or PSCustomObject
            || (bare is not IEnumerable && (Arguments.IsOfModule(value) || bare.GetType().Assembly.IsDynamic)));

    private ConfigurationNode ReadList(IEnumerable list)
    {
        var position = NextPosition();
        if (!TryEnter(list, position))
        {
            return new ValueNode(position, null);
        }

        var items = new List<ConfigurationNode>();
        foreach (var item in list)
        {
            if (!HasRoom(position))
            {
                break;
            }

            path.Add(items.Count);
            items.Add(ReadValue(item));
            path.RemoveAt(path.Count - 1);
        }

        ancestors.RemoveAt(ancestors.Count - 1);
        return new ArrayNode(position, items);
    }

    private ConfigurationNode ReadObject(object value, bool isRow)
    {
        var position = NextPosition();
        // What PowerShell wraps is the same for all objects that have only the properties that they were given.
        var identity = Arguments.Unwrap(value) is { } bare and not PSCustomObject ? bare : value;
        if (!TryEnter(identity, position))
        {
            return new ValueNode(position, null);
        }

        var all = PropertiesOf(value, position);
        var properties = new List<PropertyNode>();
        foreach (var (name, item) in isRow ? CredentialRow.Read(all) : all)
        {
            if (!HasRoom(position))
            {
                break;
            }

            path.Add(name);
            var namePosition = NextPosition();
            if (ReferenceEquals(item, AutomationNull.Value))
            {
                // An empty lookup must not clear a setting.
                errors.Add(namePosition, Messages.ObjectEmptyResult, PathTo());
            }
            else
            {
                properties.Add(new PropertyNode(namePosition, name, ReadValue(item)));
            }

            path.RemoveAt(path.Count - 1);
        }

        ancestors.RemoveAt(ancestors.Count - 1);
        return objects.Build(position, properties);
    }

    private List<(string Name, object? Value)> PropertiesOf(object value, SourcePosition position)
    {
        var properties = new List<(string, object?)>();
        if (Arguments.Unwrap(value) is IDictionary entries)
        {
            foreach (DictionaryEntry entry in entries)
            {
                properties.Add((ScalarValue.TextOf(entry.Key), entry.Value));
            }

            return properties;
        }

        foreach (var property in PSObject.AsPSObject(value).Properties)
        {
            try
            {
                properties.Add((property.Name, property.Value));
            }
            catch (GetValueException)
            {
                errors.Add(position, Messages.ObjectUnreadable, PathTo(property.Name));
            }
        }

        return properties;
    }

    private bool TryEnter(object value, SourcePosition position)
    {
        var isCyclic = ancestors.Any(ancestor => ReferenceEquals(ancestor, value));
        if (isCyclic || ancestors.Count == JsonNodeReader.MaximumDepth)
        {
            errors.Add(
                position, isCyclic ? Messages.ObjectCyclic : Messages.ObjectTooDeep, PathTo(),
                JsonNodeReader.MaximumDepth);
            return false;
        }

        ancestors.Add(value);
        return true;
    }

    private bool HasRoom(SourcePosition position)
    {
        if (count == MaximumValues)
        {
            errors.Add(position, Messages.ObjectTooLarge, MaximumValues);
            count++;
        }

        return count < MaximumValues;
    }

    private ValueNode Refuse(Type type)
    {
        var position = NextPosition();
        if (path.Count == 0)
        {
            errors.Add(position, Messages.ObjectRootUnsupported, type.FullName);
        }
        else
        {
            errors.Add(position, Messages.ObjectUnsupported, PathTo(), type.FullName);
        }

        return new ValueNode(position, null);
    }

    // Errors of one object are shown in the order in which it was read.
    private SourcePosition NextPosition() => new(source, count++);

    private string PathTo(params IReadOnlyList<object> more)
    {
        var text = new StringBuilder();
        foreach (var step in path.Concat(more))
        {
            text.Append(step is int index ? $"[{index}]" : text.Length == 0 ? step : "." + step);
        }

        return text.ToString();
    }
}
