using System;
using System.Security;

namespace OpenRouter.Byok.Api.Secrets;

/// <summary>Compares the masked snippet that the API shows of a key with a key.</summary>
internal static class KeyLabel
{
    private static readonly string[] Masks = ["...", "…", "***"];

    /// <summary>
    /// Whether the label can be that of the key. Without a mask that is known, and for a key in JSON, it can.
    /// </summary>
    public static bool MayBeOf(string label, SecureString key)
    {
        using var secret = new SecretText(key);
        var text = secret.Characters.Trim();
        if (text.Length > 0 && text[0] is '{' or '[')
        {
            return true;
        }

        foreach (var mask in Masks)
        {
            var at = label.LastIndexOf(mask, StringComparison.Ordinal);
            if (at >= 0)
            {
                return text.EndsWith(label.AsSpan(at + mask.Length).TrimStart('*'));
            }
        }

        return true;
    }
}
