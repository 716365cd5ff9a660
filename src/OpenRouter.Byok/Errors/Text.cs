using System.Globalization;

namespace OpenRouter.Byok.Errors;

/// <summary>Fills the gaps of a message.</summary>
internal static class Text
{
    public static string Of(string format, params object?[] arguments) =>
        string.Format(CultureInfo.CurrentCulture, format, arguments);
}
