using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// Splits texts into their entries at semicolons, commas and white space, as a column of a CSV file holds them; no
/// model, hash or user id has any of these. Each entry counts once, whatever its case. Blank text stays one blank
/// entry.
/// </summary>
internal sealed class EntriesArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly char[] Separators = [';', ',', ' ', '\t', '\r', '\n'];

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) is null ? null : Entries(inputData);

    public static string[] Split(string text) =>
        Distinct(text.Split(Separators, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The entries of a text or of several; a description stands in for what is no text.</summary>
    public static string[] Entries(object? list) => Arguments.Unwrap(list) switch
    {
        IEnumerable several and not (string or IDictionary) => Distinct(several.Cast<object?>().SelectMany(Entries)),
        _ => EntriesOf(Arguments.IsOfModule(list) ? $"{list}" : Arguments.TextOf(list)),
    };

    private static string[] EntriesOf(string text)
    {
        if (Arguments.DescriptionIn(text) is not null)
        {
            return [text];
        }

        return Split(text) is { Length: > 0 } entries ? entries : [""];
    }

    private static string[] Distinct(IEnumerable<string> entries) =>
        [.. entries.Distinct(StringComparer.OrdinalIgnoreCase)];
}
