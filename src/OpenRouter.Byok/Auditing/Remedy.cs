using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Auditing;

/// <summary>Command lines that can be pasted as they are.</summary>
internal static class Remedy
{
    public static string Set(ByokKey key, string settings) => $"Set-OpenRouterByokKey -Id {Quote(key.Id)} {settings}";

    public static string Enable(ByokKey key) => $"Enable-OpenRouterByokKey -Id {Quote(key.Id)}";

    public static string Remove(ByokKey key) => $"Remove-OpenRouterByokKey -Id {Quote(key.Id)}";

    public static string Rotate(ByokKey key) => Set(key, "-Key (Read-Host -AsSecureString)");

    /// <summary>Removes shared capacity for every request to the provider.</summary>
    public static string ByokOnly(ByokKey key) => Set(key, key.IsFallback ? "-Fallback:$false -ByokOnly" : "-ByokOnly");

    /// <summary>
    /// Leaves what is left on an allow list. An empty list would be none, so then the credential goes.
    /// </summary>
    public static string Keep(ByokKey key, string parameter, IReadOnlyCollection<string> rest) =>
        rest.Count == 0 ? Remove(key) : Set(key, $"-{parameter} {List(rest)}");

    /// <summary>The credential as people find it in a message: by its name, or else by its id.</summary>
    public static string NameOf(ByokKey key) => string.IsNullOrEmpty(key.Name) ? key.Id : $"'{key.Name}'";

    public static string List(IEnumerable<string> texts) => string.Join(", ", texts.Select(Quote));

    /// <summary>The text as a string of PowerShell. What cannot be shown as it is stands there by its code.</summary>
    public static string Quote(string text) => DisplayText.IsPlain(text)
        // PowerShell takes curly quotes for straight ones too.
        ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'"
        : $"\"{string.Concat(text.Select(Expandable))}\"";

    // Windows PowerShell does not know `u{202E}.
    private static string Expandable(char character) => character switch
    {
        '`' or '$' or '"' => $"`{character}",
        >= ' ' and <= '~' => character.ToString(),
        _ => FormattableString.Invariant($"$([char]0x{(int)character:X4})"),
    };
}
