using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Auditing;

/// <summary>Builds the command lines that mend what a rule finds. They can be pasted as they are.</summary>
internal static class Remedy
{
    public static string Set(ByokKey key, string settings) => $"Set-OpenRouterByokKey -Id {Quote(key.Id)} {settings}";

    public static string Enable(ByokKey key) => $"Enable-OpenRouterByokKey -Id {Quote(key.Id)}";

    public static string Remove(ByokKey key) => $"Remove-OpenRouterByokKey -Id {Quote(key.Id)}";

    public static string Rotate(ByokKey key) => Set(key, "-Key (Read-Host -AsSecureString)");

    /// <summary>Finds out what the provider responds. It prompts for an API key.</summary>
    public static string Test(ByokKey key, string model) =>
        $"Test-OpenRouterByokKey -Id {Quote(key.Id)} -Model {Quote(model)}";

    /// <summary>Removes shared capacity for every request to the provider.</summary>
    public static string ByokOnly(ByokKey key) => Set(key, key.IsFallback ? "-Fallback:$false -ByokOnly" : "-ByokOnly");

    /// <summary>
    /// Keeps only these entries of an allow list. Without any, it removes the credential rather than open it to all.
    /// </summary>
    public static string KeepEntries(ByokKey key, string parameter, IReadOnlyCollection<string> entries) =>
        entries.Count == 0 ? Remove(key) : Set(key, $"-{parameter} {List(entries)}");

    /// <summary>The credential in a message: its name, or else its id.</summary>
    public static string NameOf(ByokKey key) => string.IsNullOrEmpty(key.Name) ? key.Id : $"'{key.Name}'";

    public static string List(IEnumerable<string> texts) => string.Join(", ", texts.Select(Quote));

    /// <summary>The text as a PowerShell string, in which characters that are unsafe to show are codes.</summary>
    public static string Quote(string text) => DisplayText.IsPlain(text)
        // PowerShell takes curly quotes for straight ones too.
        ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'"
        : $"\"{string.Concat(text.Select(EscapeInDoubleQuotes))}\"";

    // Windows PowerShell does not know `u{202E}.
    private static string EscapeInDoubleQuotes(char character) => character switch
    {
        '`' or '$' or '"' => $"`{character}",
        >= ' ' and <= '~' => character.ToString(),
        _ => FormattableString.Invariant($"$([char]0x{(int)character:X4})"),
    };
}
