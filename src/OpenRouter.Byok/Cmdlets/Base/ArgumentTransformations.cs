using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>
/// Takes away whatever is not a SecureString where one belongs, before PowerShell repeats it in its own error.
/// </summary>
/// <remarks>
/// Refusing it here would not do: PowerShell's error would carry the whole input object, key and all, as its target. So
/// a mark stands in for the text, and <see cref="Validate.Key"/> refuses that.
/// </remarks>
internal sealed class SecretArgumentAttribute : ArgumentTransformationAttribute
{
    public static readonly SecureString PlainText = new();

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
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
        Arguments.Unwrap(inputData) switch
        {
            null => null,
            string text => EntriesOf(text),
            IEnumerable several => Distinct(several.Cast<object?>().SelectMany(EntriesOf)),
            _ => inputData,
        };

    public static string[] Split(string text) =>
        Distinct(text.Split(Separators, StringSplitOptions.RemoveEmptyEntries));

    private static string[] EntriesOf(object? entry) => Split($"{entry}") is { Length: > 0 } entries ? entries : [""];

    private static string[] Distinct(IEnumerable<string> entries) =>
        [.. entries.Distinct(StringComparer.OrdinalIgnoreCase)];
}

internal static class Arguments
{
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

    public static object? Unwrap(object? argument) => argument is PSObject wrapped ? wrapped.BaseObject : argument;
}
