using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// The properties of a piped object, or the entries of a hashtable, by names that may be those of parameters or of the
/// API. A blank text is no value, as in a CSV file.
/// </summary>
internal sealed class PipedProperties
{
    private readonly Dictionary<string, Func<object?>> properties = new(StringComparer.OrdinalIgnoreCase);

    public PipedProperties(object input)
    {
        if (Arguments.Unwrap(input) is IDictionary entries)
        {
            foreach (DictionaryEntry entry in entries)
            {
                Add($"{entry.Key}", () => entry.Value);
            }
        }
        else
        {
            foreach (var property in PSObject.AsPSObject(input).Properties)
            {
                Add(property.Name, () => property.Value);
            }
        }
    }

    public bool Contain(string name) => properties.ContainsKey(name);

    /// <summary>The first value that is there, as it is.</summary>
    public object? Raw(params IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!properties.TryGetValue(name, out var read))
            {
                continue;
            }

            var value = read();
            var bare = Arguments.Unwrap(value);
            if (bare is string text ? !string.IsNullOrWhiteSpace(text) : bare is not null)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The same without what PowerShell wraps it in.</summary>
    public object? Value(params IReadOnlyList<string> names) => Arguments.Unwrap(Raw(names));

    // The API writes sort_order for SortOrder.
    private void Add(string name, Func<object?> read) => properties[name.Replace("_", "")] = read;
}
