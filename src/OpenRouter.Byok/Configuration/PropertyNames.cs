using System;
using System.Collections.Generic;

namespace OpenRouter.Byok.Configuration;

/// <summary>The names that the properties of an object may have.</summary>
internal sealed class PropertyNames
{
    private readonly Dictionary<string, int> indexes = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="all">The names, which differ by more than case.</param>
    public PropertyNames(params IReadOnlyList<string> all)
    {
        All = all;
        for (var index = 0; index < all.Count; index++)
        {
            indexes.Add(all[index], index);
        }
    }

    public IReadOnlyList<string> All { get; }

    /// <summary>The index of one of the names.</summary>
    public int IndexOf(string name) => indexes[name];

    /// <summary>The index of the name of a property, as its source compares names; -1 for any other name.</summary>
    public int IndexOf(PropertyNode property) =>
        indexes.TryGetValue(property.Name, out var index)
            && property.Position.Source.Names.Equals(All[index], property.Name)
            ? index
            : -1;
}
