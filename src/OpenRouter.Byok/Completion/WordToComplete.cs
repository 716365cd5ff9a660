using System;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace OpenRouter.Byok.Completion;

/// <summary>The word that the tab key completes: what was typed so far, and what its parameter takes.</summary>
internal sealed class WordToComplete
{
    // PowerShell takes curly quotes for straight ones too.
    private const string SingleQuote = "['\u2018-\u201B]";

    private const string DoubleQuote = "[\"\u201C-\u201E]";

    private static readonly Regex Single = Quoted(SingleQuote);

    private static readonly Regex Double = Quoted(DoubleQuote);

    private static readonly Regex Wildcard = new("[][*?`]", RegexOptions.CultureInvariant);

    private readonly bool takesWildcards;

    public WordToComplete(string commandName, string parameterName, string? word)
    {
        Text = Unquoted(word ?? "");
        takesWildcards = TakesWildcards(commandName, parameterName);
    }

    /// <summary>What was typed, without quotes.</summary>
    public string Text { get; }

    /// <summary>What the parameter takes for just this text.</summary>
    public string ArgumentFor(string text) => takesWildcards ? Wildcard.Replace(text, "`$0") : text;

    public bool Begins(string text) => Begins(text, Text) || (takesWildcards && Begins(ArgumentFor(text), Text));

    private static bool Begins(string text, string beginning) =>
        text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);

    private static Regex Quoted(string quote) =>
        new($"^{quote}(.*?){quote}?\\z", RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private static string Unquoted(string word)
    {
        if (Single.Match(word) is { Success: true } single)
        {
            return Regex.Replace(single.Groups[1].Value, $"({SingleQuote})\\1", "$1");
        }

        return Double.Match(word) is { Success: true } expandable
            ? Regex.Replace(expandable.Groups[1].Value, $"({DoubleQuote})\\1|`(.)", "$1$2")
            : word;
    }

    private static bool TakesWildcards(string commandName, string parameterName) =>
        Array.Find(typeof(WordToComplete).Assembly.GetExportedTypes(), type => IsOf(type, commandName))
            ?.GetProperty(parameterName, BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance)
            ?.IsDefined(typeof(SupportsWildcardsAttribute)) is true;

    private static bool IsOf(Type type, string commandName) =>
        type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet
        && commandName.Equals($"{cmdlet.VerbName}-{cmdlet.NounName}", StringComparison.OrdinalIgnoreCase);
}
