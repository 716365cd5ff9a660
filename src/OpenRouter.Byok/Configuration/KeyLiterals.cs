using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Account;

namespace OpenRouter.Byok.Configuration;

/// <summary>Recognizes what must not be written in a configuration: a key, or a part of one.</summary>
internal static class KeyLiterals
{
    private const int MaximumNameLength = 64;

    // Without underscores and hyphens.
    private static readonly HashSet<string> SecretFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "key", "apiKey", "accessKey", "accessKeyId", "secretKey", "secretAccessKey", "privateKey", "privateKeyId",
        "secret", "clientSecret", "password", "passphrase", "token", "accessToken", "authToken", "refreshToken",
        "sessionToken", "bearerToken", "authorization",
    };

    /// <summary>Whether a field of this name holds a secret, whatever the provider.</summary>
    public static bool IsSecretField(string? name) =>
        name is not null && SecretFields.Contains(name.Replace("_", "").Replace("-", ""));

    /// <summary>Whether the text, or a word in it, looks like a key.</summary>
    public static bool LooksLikeKey(string text) =>
        text.Contains("-----BEGIN")
        || text.Split([' ', '\t', '\r', '\n', '"', '\''], StringSplitOptions.RemoveEmptyEntries)
            .Any(NameResolver.IsKeyItself);

    /// <summary>The name of a property for an error, unless it may be a key in the wrong place.</summary>
    public static string Shown(string name) => name.Length > MaximumNameLength || LooksLikeKey(name) ? "…" : name;

    /// <summary>The name that was probably meant; null when none is near.</summary>
    public static string? Nearest(string name, IReadOnlyCollection<string> names) =>
        name.Length > MaximumNameLength
            ? null
            : names.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? ClosestText.Of(name, names);
}
