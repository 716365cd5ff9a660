using System.Security;
using System.Text.RegularExpressions;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api.Secrets;

/// <summary>
/// The hash by which OpenRouter identifies an API key: the SHA-256 of its text, as lowercase hexadecimal digits.
/// </summary>
internal static class KeyHash
{
    private static readonly Regex Pattern = new("^[0-9a-f]{64}\\z", RegexOptions.CultureInvariant);

    /// <summary>Whether the text has the form of such a hash.</summary>
    public static bool IsHash(string text) => Pattern.IsMatch(text);

    /// <summary>Checks a hash before it is used in a path.</summary>
    /// <exception cref="OpenRouterException">The text is not a hash. The error does not repeat it.</exception>
    public static string Require(string text) =>
        IsHash(text) ? text : throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.InvalidHash);

    public static string Of(SecureString key)
    {
        using var text = new SecretText(key);
        using var bytes = new SecretBuffer();
        bytes.Append(text.Characters);
        return HashText.Of(bytes.Segment);
    }
}
