using System.Collections.Generic;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>The properties of one object while it is read. A name that occurs again is an error and left out.</summary>
internal sealed class PropertyList(IEqualityComparer<string> names, ConfigurationErrors errors)
{
    // Up to here, looking at each one costs less than a table does; most objects have no more.
    private const int Few = 32;

    private readonly List<PropertyNode> all = [];
    private Dictionary<string, PropertyNode>? table;

    public IReadOnlyList<PropertyNode> All => all;

    public void Add(PropertyNode property)
    {
        if (Find(property.Name) is { } first)
        {
            errors.Add(property.Position, Messages.ConfigurationPropertyTwice, property.Name, first.Position);
            return;
        }

        all.Add(property);
        table?.Add(property.Name, property);
    }

    private PropertyNode? Find(string name)
    {
        if (all.Count < Few)
        {
            foreach (var property in all)
            {
                if (names.Equals(property.Name, name))
                {
                    return property;
                }
            }

            return null;
        }

        if (table is null)
        {
            table = new Dictionary<string, PropertyNode>(names);
            all.ForEach(property => table.Add(property.Name, property));
        }

        return table.TryGetValue(name, out var found) ? found : null;
    }
}
