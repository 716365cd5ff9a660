using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// Takes away whatever is not a SecureString where one belongs, before PowerShell repeats it in its own error.
/// </summary>
/// <remarks>
/// Refusing it here would not do: PowerShell's error would carry the whole input object, key and all, as its target. So
/// a mark stands in for the text, and <see cref="Validate.Key"/> refuses that.
/// </remarks>
internal sealed class SecretArgumentAttribute : ArgumentTransformationAttribute
{
    public static readonly SecretArgumentAttribute Instance = new();

    public static readonly SecureString PlainText = new();

    public override object? Transform(EngineIntrinsics? engineIntrinsics, object? inputData) =>
        Arguments.Unwrap(inputData) switch
        {
            null => null,
            SecureString secret => secret,
            PSCredential credential => credential.Password,
            _ => PlainText,
        };
}

/// <summary>Reads text as true or false.</summary>
internal sealed class BooleanArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) is string text ? Arguments.ToBoolean(text) : inputData;
}

/// <summary>Reads text as true or false for a switch, which PowerShell takes for switched on when it is null.</summary>
internal sealed class SwitchArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) switch
        {
            null => throw new ArgumentTransformationMetadataException(Messages.SwitchEmpty),
            string text => Arguments.ToBoolean(text),
            _ => inputData,
        };
}

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
        if (Arguments.DescriptionIn(text) is not null) return [text];
        return Split(text) is { Length: > 0 } entries ? entries : [""];
    }

    private static string[] Distinct(IEnumerable<string> entries) =>
        [.. entries.Distinct(StringComparer.OrdinalIgnoreCase)];
}

/// <summary>Takes text, and in place of anything else puts a description that is refused later.</summary>
internal sealed class TextArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) is null ? null : Arguments.TextOf(inputData);
}

internal static class Arguments
{
    /// <summary>What the names of the module's output types begin with.</summary>
    public const string ModuleTypes = "OpenRouter.Byok.";

    /// <summary>What PowerShell puts before the type's name of an object that was written out and read again.</summary>
    public const string Restored = "Deserialized.";

    private const char NoText = '\0';

    /// <summary>
    /// The text that an argument is. A mark and a word on the type stand in for what is no text, so that nothing else
    /// of it gets any further: an exception would carry the whole input object to PowerShell's error.
    /// </summary>
    public static string TextOf(object? argument) => Unwrap(argument) switch
    {
        null => "",
        string text => text,
        // Digits that PowerShell took for a number: converted, they are what was typed.
        ValueType => LanguagePrimitives.ConvertTo<string>(argument),
        _ => Refuse(argument),
    };

    /// <summary>What stands in for something that is no text.</summary>
    public static string Refuse(object? argument) => NoText + IdArgumentAttribute.Describe(argument);

    /// <summary>The word on the type, such as "(a Hashtable)"; null when the text stands for itself.</summary>
    public static string? DescriptionIn(string? text) =>
        text is [NoText, ..] ? text.Substring(1) : null;

    /// <exception cref="ArgumentTransformationMetadataException">The text is neither.</exception>
    public static bool ToBoolean(string text) =>
        BooleanOf(text) ?? throw new ArgumentTransformationMetadataException(Messages.NotABool);

    /// <summary>What the text says; null when it says neither.</summary>
    public static bool? BooleanOf(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" => true,
        "FALSE" or "0" or "NO" => false,
        _ => null,
    };

    /// <summary>Whether it is an output object of this module, or was one before it was restored.</summary>
    public static bool IsOfModule(object? argument) => argument is not null
        && PSObject.AsPSObject(argument).TypeNames.Any(
            name => name.StartsWith(ModuleTypes, StringComparison.Ordinal)
                || name.StartsWith(Restored + ModuleTypes, StringComparison.Ordinal));

    public static object? Unwrap(object? argument) => argument is PSObject wrapped ? wrapped.BaseObject : argument;
}
