using System;
using System.Collections.Generic;
using System.Security;
using System.Text;

namespace OpenRouter.Byok.Api.Secrets;

/// <summary>
/// Removes from a server's text whatever it shares with the secrets of the request: whole or truncated, plain, escaped
/// once or several times for JSON or a URL, or encoded as base64.
/// </summary>
internal static class Redactor
{
    private const string MaskText = "[redacted]";

    // A shared sequence of this length is not a coincidence; a shorter minimum would remove ordinary words.
    private const int MinimumRunLength = 8;

    private const int MaximumTextLength = 4096;

    public static string Redact(string text, IEnumerable<SecureString> secrets)
    {
        if (text.Length > MaximumTextLength)
        {
            text = text.Substring(0, MaximumTextLength);
        }

        var isSecret = new bool[text.Length];
        var unescaped = UnescapedText.Of(text);
        foreach (var secret in secrets)
        {
            if (secret.Length == 0)
            {
                continue;
            }

            using var characters = new SecretText(secret);
            var key = characters.Characters.ToString();
            unescaped.Mark(UnescapedText.Of(key), MinimumRunLength, isSecret);
            foreach (var encoded in Base64Forms(key))
            {
                unescaped.Mark(UnescapedText.Of(encoded), MinimumRunLength, isSecret);
            }
        }

        return Mask(text, isSecret);
    }

    // Within a longer text, the base64 of the secret depends on its start position modulo three.
    private static IEnumerable<string> Base64Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        for (var shift = 0; shift < 3; shift++)
        {
            var shifted = new byte[bytes.Length + shift];
            bytes.CopyTo(shifted, shift);
            var encoded = Convert.ToBase64String(shifted).TrimEnd('=');
            var stable = shift == 0 ? encoded : encoded.Substring(shift + 1);
            yield return stable;
            yield return stable.Replace('+', '-').Replace('/', '_');
        }
    }

    private static string Mask(string text, bool[] isSecret)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (!isSecret[at])
            {
                result.Append(text[at]);
            }
            else if (at == 0 || !isSecret[at - 1])
            {
                result.Append(MaskText);
            }
        }

        return result.ToString();
    }
}
