using System.Collections.Generic;

namespace OpenRouter.Byok.Configuration;

/// <summary>A value of a configuration, whether it was written in JSON or in PowerShell.</summary>
internal abstract class ConfigurationNode(SourcePosition position)
{
    public SourcePosition Position { get; } = position;
}

/// <summary>An object.</summary>
internal sealed class ObjectNode(SourcePosition position, IReadOnlyList<PropertyNode> properties)
    : ConfigurationNode(position)
{
    public IReadOnlyList<PropertyNode> Properties { get; } = properties;
}

/// <summary>A property of an object; its position is that of the name.</summary>
internal readonly record struct PropertyNode(SourcePosition Position, string Name, ConfigurationNode Value);

/// <summary>An array.</summary>
/// <param name="position">Where it stands.</param>
/// <param name="items">
/// The items. Those of an array directly in a JSON document are read, with their errors, whenever they are enumerated.
/// </param>
internal sealed class ArrayNode(SourcePosition position, IEnumerable<ConfigurationNode> items)
    : ConfigurationNode(position)
{
    public IEnumerable<ConfigurationNode> Items { get; } = items;
}

/// <summary>Text, a number, true, false, or null.</summary>
/// <param name="position">Where it stands.</param>
/// <param name="value">A string, a <see cref="NumberText"/>, a bool, or null.</param>
internal sealed class ValueNode(SourcePosition position, object? value)
    : ConfigurationNode(position)
{
    public object? Value { get; } = value;
}

/// <summary>A number as JSON writes it.</summary>
internal readonly record struct NumberText(string Text);
