using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace OpenRouter.Sandbox.Shell;

/// <summary>A property as users say it: name, wildcards, script block, @{ Name = …; Expression = … }.</summary>
internal sealed record ObjectProperty(string Name, Func<PSObject, object?> Value)
{
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
        IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(Text))}}}",
        IEnumerable list and not string => $"{{{string.Join(", ", list.Cast<object?>().Select(Text))}}}",
        _ => PSObject.AsPSObject(value).ToString(),
    };

    private static IEnumerable<ObjectProperty> Of(object wanted, PSObject sample)
    {
        if (wanted is ScriptBlock code)
            return [Computed(code.ToString().Trim(), code)];

        if (wanted is IDictionary map)
        {
            var name = Entry(map, "n");
            return [Entry(map, "e") is ScriptBlock expression
                ? Computed(Text(name), expression)
                : Named(Text(Entry(map, "e"))) with { Name = Text(name) }];
        }

        var text = Text(wanted);
        if (!WildcardPattern.ContainsWildcardCharacters(text))
            return [Named(text)];

        var pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase);
        return All(sample).Where(property => pattern.IsMatch(property.Name));
    }

    // Name, Expression and Label may be cut to their first letters.
    private static object? Entry(IDictionary map, string letter) => map.Keys.Cast<object>()
        .Where(key => Text(key).StartsWith(letter, StringComparison.OrdinalIgnoreCase)
            || (letter == "n" && Text(key).StartsWith('l')))
        .Select(key => map[key]).FirstOrDefault();
}
