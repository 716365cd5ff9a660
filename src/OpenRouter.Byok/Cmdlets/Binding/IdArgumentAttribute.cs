using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// Puts ids in place of whatever the pipeline or the command line brings, and in place of what is no id a word on its
/// type, so that nothing else of it gets any further.
/// </summary>
/// <remarks>
/// It never throws: PowerShell's error would carry the whole input object as its target. <see cref="Validate.Id"/>
/// refuses what is no id.
/// </remarks>
internal abstract class IdArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>What stands in for something that is no id, such as "(a Hashtable)".</summary>
    public static string Describe(object? input)
    {
        var name = Arguments.Unwrap(input)?.GetType().Name ?? "null";
        if (name == "PSCustomObject")
        {
            name = nameof(PSObject);
        }

        var article = "AEIOUaeiou".Contains(name[0]) ? "an" : "a";
        return $"({article} {name})";
    }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) switch
        {
            null => null,
            IEnumerable several and not (string or IDictionary) => several.Cast<object?>().Select(Read).ToArray(),
            _ => Read(inputData),
        };

    /// <summary>
    /// The id that the object stands for, or else a description of the object. Blank text stays as it is.
    /// </summary>
    public string Read(object? input) => Arguments.Unwrap(input) is string text && string.IsNullOrWhiteSpace(text)
        ? text
        : Find(input) ?? Describe(input);

    /// <summary>The id that the object stands for; null when it stands for none.</summary>
    public string? Find(object? input) => Arguments.Unwrap(input) switch
    {
        null => null,
        string text => IdOf(text),
        // A UUID, or digits that PowerShell took for a number: converted, they are what was typed.
        ValueType => IdOf(LanguagePrimitives.ConvertTo<string>(input)),
        IDictionary entries => Find(name => ValueOf(entries, name)),
        _ => FindProperty(PSObject.AsPSObject(input)),
    };

    /// <summary>The id that a text is, as the API writes it; null when it is none.</summary>
    protected abstract string? IdOf(string text);

    /// <summary>The names of the properties that hold the id, of which the first that is there counts.</summary>
    protected abstract IReadOnlyList<string> Properties { get; }

    /// <summary>
    /// The property that holds the id in objects of a type of this module; null when such objects have none, even if
    /// they have a property of that name.
    /// </summary>
    protected abstract string? PropertyOf(string moduleType);

    private string? FindProperty(PSObject input)
    {
        var type = input.TypeNames
            .FirstOrDefault(name => name.Contains(Arguments.ModuleTypes))?.Replace(Arguments.Restored, "");
        if (type is null)
        {
            return Find(name => input.Properties[name]);
        }

        return PropertyOf(type.Substring(Arguments.ModuleTypes.Length).Split('#')[0]) is { } property
            ? IdOf(input.Properties[property])
            : null;
    }

    private string? Find(Func<string, PSPropertyInfo?> property) =>
        IdOf(Properties.Select(property).FirstOrDefault(one => one is not null));

    private string? IdOf(PSPropertyInfo? property) => Arguments.Unwrap(property?.Value) switch
    {
        string text => IdOf(text),
        Guid uuid => IdOf(uuid.ToString("D")),
        _ => null,
    };

    private static PSNoteProperty? ValueOf(IDictionary entries, string name)
    {
        foreach (DictionaryEntry entry in entries)
        {
            if (entry.Key is string key && key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return new PSNoteProperty(name, entry.Value);
            }
        }

        return null;
    }
}
