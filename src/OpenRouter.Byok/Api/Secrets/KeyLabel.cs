using System;
using System.Security;

namespace OpenRouter.Byok.Api.Secrets;

/// <summary>Compares a key with a label, the masked form in which the API shows a key.</summary>
internal static class KeyLabel
{
    private static readonly string[] Masks = ["...", "…", "***"];

    /// <summary>
    /// Whether the label can be that of the key. This is assumed for a label without a known mask and for a JSON key.
    /// </summary>
    public static bool CanBeOf(string label, SecureString key)
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
