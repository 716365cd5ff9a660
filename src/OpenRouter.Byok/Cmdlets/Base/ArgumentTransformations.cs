using System;
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

/// <summary>Reads text as true or false, as a column of a CSV file holds it.</summary>
internal sealed class BooleanArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether blank text is an empty cell, that is null, rather than a mistake.</summary>
    public bool AllowBlank { get; set; }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) switch
        {
            string text when AllowBlank && string.IsNullOrWhiteSpace(text) => null,
            string text => Arguments.ToBoolean(text),
            _ => inputData,
        };
}

/// <summary>Reads text as true or false for a switch, which PowerShell takes for switched on when it is null.</summary>
internal sealed class SwitchArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether null and blank text are an empty cell, that is switched off, rather than a mistake.</summary>
    public bool AllowBlank { get; set; }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) switch
        {
            null when AllowBlank => false,
            string text when AllowBlank && string.IsNullOrWhiteSpace(text) => false,
            string text => Arguments.ToBoolean(text),
            null => Arguments.ToBoolean(""),
            _ => inputData,
        };
}

/// <summary>
/// Splits one text into its entries at semicolons, commas and white space, as a column of a CSV file holds them; no
/// model, hash or user id has any of these. Blank text stays one blank entry.
/// </summary>
internal sealed class EntriesArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly char[] Separators = [';', ',', ' ', '\t', '\r', '\n'];

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (Arguments.Unwrap(inputData) is not string text) return inputData;
        var entries = Split(text);
        return entries.Length == 0 ? new[] { "" } : entries;
    }

    public static string[] Split(string text) => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
}

internal static class Arguments
{
    /// <exception cref="ArgumentTransformationMetadataException">The text is neither.</exception>
    public static bool ToBoolean(string text) => text.Trim().ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" => true,
        "FALSE" or "0" or "NO" => false,
        _ => throw new ArgumentTransformationMetadataException(Text.Of(Messages.NotABool, text)),
    };

    public static object? Unwrap(object? argument) => argument is PSObject wrapped ? wrapped.BaseObject : argument;
}
