using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
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
#if NET
        var hash = SHA256.HashData(bytes.Written.Span);
#else
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(bytes.Segment.Array!, bytes.Segment.Offset, bytes.Segment.Count);
#endif
        var digits = new StringBuilder(hash.Length * 2);
        foreach (var value in hash)
        {
            digits.Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }

        return digits.ToString();
    }
}
