using System;
using System.Collections.Generic;
using System.Security;
using System.Text;

namespace OpenRouter.Byok.Api.Secrets;

/// <summary>
/// Takes out of a server's text whatever it shares with the secrets of the request: whole or cut short, raw, escaped
/// for JSON or an address, several times over, or in base64.
/// </summary>
internal static class Redactor
{
    private const string Mask = "[redacted]";

    // A shared run this long is no accident; shorter ones would take out ordinary words.
    private const int MinimumRunLength = 8;

    private const int MaximumTextLength = 4096;

    public static string Redact(string text, IEnumerable<SecureString> secrets)
    {
        if (text.Length > MaximumTextLength)
        {
            text = text.Substring(0, MaximumTextLength);
        }

        var isSecret = new bool[text.Length];
        var plain = UnescapedText.Of(text);
        foreach (var secret in secrets)
        {
            if (secret.Length == 0)
            {
                continue;
            }

            using var characters = new SecretText(secret);
            var key = characters.Characters.ToString();
            plain.Mark(UnescapedText.Of(key), MinimumRunLength, isSecret);
            foreach (var code in Base64Forms(key))
            {
                plain.Mark(UnescapedText.Of(code), MinimumRunLength, isSecret);
            }
        }

        return Masked(text, isSecret);
    }

    // Inside a longer text base64 depends on where the secret begins, modulo three.
    private static IEnumerable<string> Base64Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        for (var shift = 0; shift < 3; shift++)
        {
            var shifted = new byte[bytes.Length + shift];
            bytes.CopyTo(shifted, shift);
            var code = Convert.ToBase64String(shifted).TrimEnd('=');
            var whole = shift == 0 ? code : code.Substring(shift + 1);
            yield return whole;
            yield return whole.Replace('+', '-').Replace('/', '_');
        }
    }

    private static string Masked(string text, bool[] isSecret)
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
                result.Append(Mask);
            }
        }

        return result.ToString();
    }
}
