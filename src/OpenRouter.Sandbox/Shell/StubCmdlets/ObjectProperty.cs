using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace OpenRouter.Sandbox.Shell;

/// <summary>A property as users say it: name, wildcards, script block, @{ Name = …; Expression = … }.</summary>
internal sealed record ObjectProperty(string Name, Func<PSObject, object?> Value)
{
    /// <summary>In which order to sort by it, where that was said of it alone.</summary>
    public bool? Descending { get; private init; }

    public static IReadOnlyList<ObjectProperty> Of(object[] wanted, PSObject sample) =>
        [.. wanted.SelectMany(item => Of(item is PSObject wrapped ? wrapped.BaseObject : item, sample))];

    public static IReadOnlyList<ObjectProperty> All(PSObject sample) =>
        [.. sample.Properties.Select(property => Named(property.Name))];

    public static ObjectProperty Named(string name) => new(name, item => item.Properties[name]?.Value);

    public static ObjectProperty Computed(string name, ScriptBlock code) => new(name, item =>
    {
        var result = code.InvokeWithContext(null, [new PSVariable("_", item)]);
        return result.Count == 1 ? result[0] : result.Count == 0 ? null : result;
    });

    /// <summary>A value in one line, a list in braces as PowerShell shows it.</summary>
    public static string Text(object? value) => value switch
    {
        PSObject wrapped when wrapped.BaseObject is not PSCustomObject => Text(wrapped.BaseObject),
        null => string.Empty,
        IDictionary map =>
            $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"[{Text(key)}, {Text(map[key])}]"))}}}",
        IEnumerable list and not string => $"{{{string.Join(", ", list.Cast<object?>().Select(Text))}}}",
        _ => PSObject.AsPSObject(value).ToString(),
    };

    /// <summary>Compares values as Sort-Object does: text without regard to case.</summary>
    public static int Compare(object? left, object? right) =>
        LanguagePrimitives.TryCompare(left, right, ignoreCase: true, out var order)
            ? order
            : string.Compare(Text(left), Text(right), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<ObjectProperty> Of(object wanted, PSObject sample)
    {
        if (wanted is ScriptBlock code)
        {
            return [Computed(code.ToString(), code)];
        }

        if (wanted is IDictionary map)
        {
            var name = Text(Entry(map, "n") ?? Entry(map, "e"));
            var property = Entry(map, "e") is ScriptBlock expression
                ? Computed(name, expression)
                : Named(Text(Entry(map, "e"))) with { Name = name };
            return [property with { Descending = Entry(map, "d") is { } d ? LanguagePrimitives.IsTrue(d) : null }];
        }

        var text = Text(wanted);
        if (!WildcardPattern.ContainsWildcardCharacters(text))
        {
            return [Named(text)];
        }

        var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase);
        return All(sample).Where(property => pattern.IsMatch(property.Name));
    }

    // Name, Label, Expression and Descending may be cut to their first letters.
    private static object? Entry(IDictionary map, string letter) => map.Keys.Cast<object>()
        .Where(key => Text(key).StartsWith(letter, StringComparison.OrdinalIgnoreCase)
            || (letter == "n" && Text(key).StartsWith("l", StringComparison.OrdinalIgnoreCase)))
        .Select(key => map[key]).FirstOrDefault();
}
