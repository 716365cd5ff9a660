using System;
using System.Globalization;

namespace OpenRouter.Byok.Errors;

/// <summary>Fills the gaps of a message. What is filled in can neither break the line nor steer the terminal.</summary>
internal static class Text
{
    public static string Of(string format, params object?[] arguments) =>
        string.Format(CultureInfo.CurrentCulture, format, Array.ConvertAll(arguments, Shown));

    // Numbers and times keep their type, since the message may say how they are written.
    private static object? Shown(object? argument) => argument switch
    {
        null or (ValueType and IFormattable) => argument,
        _ => DisplayText.Escape(argument.ToString()),
    };
}
