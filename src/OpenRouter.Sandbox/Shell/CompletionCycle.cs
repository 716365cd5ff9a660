using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OpenRouter.Sandbox.Shell;

/// <summary>What Tab leafs through: the engine's completions of one text at one place.</summary>
internal sealed class CompletionCycle
{
    private readonly string text;
    private readonly CommandCompletion completion;
    private int at = -1;

    private CompletionCycle(string text, CommandCompletion completion) =>
        (this.text, this.completion) = (text, completion);

    /// <summary>Where in the list this is, and what the engine tells of the candidate.</summary>
    public string? Hint { get; private set; }

    public static CompletionCycle? Find(Runspace runspace, string text, int cursor)
    {
        using var shell = PowerShell.Create(runspace);
        var completion = CommandCompletion.CompleteInput(text, cursor, null, shell);
        return completion.CompletionMatches.Count > 0 ? new CompletionCycle(text, completion) : null;
    }

    public (string Text, int Cursor) Next(bool back)
    {
        var matches = completion.CompletionMatches;
        at = at < 0 && back ? matches.Count - 1 : (at + (back ? -1 : 1) + matches.Count) % matches.Count;
        var match = matches[at];
        var head = text[..completion.ReplacementIndex] + match.CompletionText;
        var tip = (match.ToolTip ?? string.Empty).Trim().ReplaceLineEndings(" ");
        var told = tip == match.CompletionText ? string.Empty : "  " + tip;
        Hint = matches.Count == 1 ? null : $"{at + 1} of {matches.Count}{told}";
        return (head + text[(completion.ReplacementIndex + completion.ReplacementLength)..], head.Length);
    }
}
