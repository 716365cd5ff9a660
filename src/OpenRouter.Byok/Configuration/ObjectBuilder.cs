using System.Collections.Generic;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Makes objects of their properties. A name that occurs again is an error and left out.</summary>
/// <param name="source">What is read.</param>
/// <param name="errors">Receives what is wrong.</param>
internal sealed class ObjectBuilder(ConfigurationSource source, ConfigurationErrors errors)
{
    // A set remains as large as it once was, and takes as long to clear.
    private const int Few = 32;

    private readonly HashSet<string> fewNames = new(source.Names);

    public ObjectNode Build(SourcePosition position, IReadOnlyList<PropertyNode> properties) =>
        new(position, HasUniqueNames(properties) ? properties : WithoutRepeated(properties));

    private bool HasUniqueNames(IReadOnlyList<PropertyNode> properties)
    {
        fewNames.Clear();
        var names = properties.Count <= Few ? fewNames : new HashSet<string>(source.Names);
        for (var index = 0; index < properties.Count; index++)
        {
            if (!names.Add(properties[index].Name))
            {
                return false;
            }
        }

        return true;
    }

    private List<PropertyNode> WithoutRepeated(IReadOnlyList<PropertyNode> properties)
    {
        var firsts = new Dictionary<string, PropertyNode>(source.Names);
        var unique = new List<PropertyNode>(properties.Count);
        foreach (var property in properties)
        {
            if (firsts.TryGetValue(property.Name, out var first))
            {
                errors.Add(property.Position, Messages.ConfigurationPropertyTwice, property.Name, first.Position);
                continue;
            }

            firsts.Add(property.Name, property);
            unique.Add(property);
        }

        return unique;
    }
}
