using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace OpenRouter.Byok.Tests.Examples;

/// <summary>A statement whose command takes what other commands find.</summary>
/// <param name="Code">The statement, after the assignments before it that it takes its arguments from.</param>
/// <param name="Commands">The commands that look up.</param>
internal sealed record CodeWithLookups(string Code, IReadOnlyList<string> Commands)
{
    /// <summary>The same code, where each of the commands finds nothing.</summary>
    public string FindingNothing =>
        string.Concat(Commands.Select(static command => $"function {command} {{ }}\n")) + Code;
}

/// <summary>Looks at code without running it.</summary>
internal static class CodeReader
{
    private static readonly string[] Changing =
    [
        "New-OpenRouterByokKey", "Set-OpenRouterByokKey", "Enable-OpenRouterByokKey", "Disable-OpenRouterByokKey",
        "Remove-OpenRouterByokKey", "Test-OpenRouterByokKey", "Sync-OpenRouterByokConfiguration",
    ];

    /// <summary>Whether some command of it changes something, or sends a request that costs.</summary>
    public static bool Changes(string code) => Commands(Parse(code)).Any(IsChanging);

    public static bool Runs(string code, string command) =>
        Commands(Parse(code)).Any(ast => ast.GetCommandName() == command);

    /// <summary>The statements in which an argument of a changing command was looked up, there or before.</summary>
    public static IEnumerable<CodeWithLookups> WithLookups(string code)
    {
        var assigned = new Dictionary<string, AssignmentStatementAst>(StringComparer.OrdinalIgnoreCase);
        foreach (var statement in Parse(code).EndBlock.Statements)
        {
            var arguments = Commands(statement).Where(IsChanging)
                .SelectMany(static command => command.CommandElements.Skip(1)).ToList();
            var sources = arguments.SelectMany(Variables).Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(assigned.ContainsKey).Select(name => assigned[name]).ToList();
            List<string> commands =
            [
                .. arguments.Concat<Ast>(sources.Select(static source => source.Right)).SelectMany(Commands)
                    .Select(static command => command.GetCommandName()).OfType<string>().Distinct(),
            ];
            if (commands.Count > 0)
            {
                yield return new CodeWithLookups(
                    string.Join('\n', [.. sources.Select(static source => source.Extent.Text), statement.Extent.Text]),
                    commands);
            }

            if (statement is AssignmentStatementAst { Left: VariableExpressionAst variable } assignment)
            {
                assigned[variable.VariablePath.UserPath] = assignment;
            }
        }
    }

    /// <summary>Parameters of New and Set that are given nothing, such as "-AllowedModel $null".</summary>
    public static IEnumerable<string> GivenNothing(string code) =>
        from command in Parse(code).FindAll(static ast => ast is CommandAst, searchNestedScriptBlocks: true)
            .Cast<CommandAst>()
        where command.GetCommandName() is "New-OpenRouterByokKey" or "Set-OpenRouterByokKey"
        from parameter in command.CommandElements.OfType<CommandParameterAst>()
        let next = command.CommandElements.SkipWhile(element => element != parameter).Skip(1).FirstOrDefault()
        where (parameter.Argument ?? next)?.Extent.Text is "$null" or "@()" or "''" or "\"\""
        select command.Extent.Text;

    // A script block among the arguments runs later, if at all.
    private static IEnumerable<CommandAst> Commands(Ast ast) =>
        ast.FindAll(static part => part is CommandAst, searchNestedScriptBlocks: false).Cast<CommandAst>();

    private static IEnumerable<string> Variables(Ast ast) =>
        ast.FindAll(static part => part is VariableExpressionAst, searchNestedScriptBlocks: false)
            .Cast<VariableExpressionAst>().Select(static variable => variable.VariablePath.UserPath);

    private static bool IsChanging(CommandAst command) => Changing.Contains(command.GetCommandName());

    private static ScriptBlockAst Parse(string code) => Parser.ParseInput(code, out _, out _);
}
