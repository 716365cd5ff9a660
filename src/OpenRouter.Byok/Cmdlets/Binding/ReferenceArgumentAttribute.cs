using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Lets a parameter take an object, be it a restored one, where it wants the id or hash of it.</summary>
/// <param name="type">The type of the objects.</param>
/// <param name="property">The property that holds the id.</param>
internal sealed class ReferenceArgumentAttribute(Type type, string property) : ArgumentTransformationAttribute
{
    private static readonly char[] Separators = [';', '\r', '\n'];

    /// <summary>Splits text at semicolons, as a column of a CSV file holds several. Each entry counts once.</summary>
    public bool SplitsText { get; init; }

    /// <summary>Whether text is a slug, which is trimmed and has lowercase letters.</summary>
    public bool IsSlug { get; init; }

    public override object? Transform(EngineIntrinsics? engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) switch
        {
            string text when SplitsText => Split(text),
            string text => Read(text),
            IEnumerable items and not IDictionary => Entries(Flat(items).Select(IdOf)),
            _ => IdOf(inputData),
        };

    /// <summary>The entries of a value; a description stands in for what is none.</summary>
    public IReadOnlyList<object?> Read(object value)
    {
        try
        {
            var read = Transform(null, value);
            return read is object?[] several ? several : [read];
        }
        catch (ArgumentTransformationMetadataException)
        {
            return [Arguments.Refuse(value)];
        }
    }

    private object?[] Entries(IEnumerable<object?> items) => SplitsText
        ? [.. items.SelectMany(item => item is string text ? Split(text) : new[] { item }).Distinct()]
        : [.. items];

    private string Read(string text) => IsSlug && !string.IsNullOrWhiteSpace(text)
        ? text.Trim().ToLowerInvariant()
        : text;

    // A list that a cmdlet gave may stand beside other entries.
    private static IEnumerable<object?> Flat(IEnumerable items) => items.Cast<object?>().SelectMany(
        item => Arguments.Unwrap(item) is IEnumerable inner and not (string or IDictionary) ? Flat(inner) : [item]);

    private object? IdOf(object? item)
    {
        if (item is null)
        {
            return null;
        }

        if (Arguments.Unwrap(item) is string text)
        {
            return Read(text);
        }

        var wrapped = PSObject.AsPSObject(item);
        if (wrapped.TypeNames.Any(name => name == type.FullName || name == Arguments.Restored + type.FullName))
        {
            return wrapped.Properties[property]?.Value;
        }

        return wrapped.BaseObject.GetType().Namespace != type.Namespace
            ? Arguments.TextOf(item)
            : throw new ArgumentTransformationMetadataException(
                Messages.Format(Messages.WrongObjectType, type.Name, wrapped.BaseObject.GetType().Name));
    }

    private static object[] Split(string text)
    {
        object[] entries =
        [
            .. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries)
                .Select(entry => entry.Trim())
                .Where(entry => entry.Length > 0)
                .Distinct(),
        ];
        return entries.Length == 0 ? [""] : entries;
    }
}
