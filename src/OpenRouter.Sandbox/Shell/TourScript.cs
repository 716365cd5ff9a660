using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OpenRouter.Sandbox.Shell;

/// <summary>One command of a tour: what is told before it, and the error it is meant to end in, if any.</summary>
internal sealed record TourStep(string Narration, string Code, string? ExpectedError);

/// <summary>
/// Splits a script into its top-level statements. The line comments before a statement are its narration; a comment
/// <c># Fails: Some.ErrorId</c> says that the statement is meant to end in that error. A block comment is not told.
/// </summary>
internal static class TourScript
{
    private const string FailsMark = "Fails:";

    /// <returns>The steps, and what is told after the last one.</returns>
    public static (IReadOnlyList<TourStep> Steps, string Closing) Split(string script)
    {
        var ast = Parser.ParseInput(script, out var tokens, out var errors);
        if (errors.Length > 0)
        {
            throw new ParseException(errors);
        }

        var steps = new List<TourStep>();
        var from = 0;
        foreach (var statement in ast.EndBlock.Statements)
        {
            var comments = Comments(tokens, from, statement.Extent.StartOffset);
            var failure = comments.FirstOrDefault(IsFailsMark)?[FailsMark.Length..].Trim();
            steps.Add(new TourStep(Narration(comments), statement.Extent.Text, failure));
            from = statement.Extent.EndOffset;
        }

        return (steps, Narration(Comments(tokens, from, script.Length)));
    }

    // A blank line between two comments starts a new paragraph.
    private static List<string> Comments(Token[] tokens, int from, int to)
    {
        var lines = new List<string>();
        var previous = int.MaxValue;
        foreach (var token in tokens.Where(token => IsTold(token, from, to)))
        {
            if (token.Extent.StartLineNumber > previous + 1)
            {
                lines.Add(string.Empty);
            }

            previous = token.Extent.EndLineNumber;
            lines.Add(token.Text.TrimStart('#').Trim());
        }

        return lines;
    }

    private static bool IsTold(Token token, int from, int to) => token.Kind == TokenKind.Comment
        && token.Extent.StartOffset >= from && token.Extent.EndOffset <= to && token.Text.StartsWith('#');

    private static string Narration(List<string> comments) =>
        string.Join('\n', comments.Where(comment => !IsFailsMark(comment))).Trim();

    private static bool IsFailsMark(string comment) => comment.StartsWith(FailsMark, StringComparison.Ordinal);
}
