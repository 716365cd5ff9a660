using System;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

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
        BooleanOf(text) ?? throw new ArgumentTransformationMetadataException(Messages.NotBoolean);

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
