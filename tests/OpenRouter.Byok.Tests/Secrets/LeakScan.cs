using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;

namespace OpenRouter.Byok.Tests.Secrets;

/// <summary>Everything that scripts left behind where somebody could read it, as one text.</summary>
internal static class LeakScan
{
    /// <summary>What the scripts wrote, and what the runspace keeps: the screen, errors, history and session.</summary>
    public static string Collect(ModuleRunspace shell, params IReadOnlyList<RunResult> results)
    {
        var text = new StringBuilder();
        foreach (var result in results)
        {
            text.AppendLine(Collect(result));
        }

        text.AppendLine(shell.Host.Screen.Text);
        foreach (var asked in shell.Host.Screen.Asked)
        {
            text.AppendLine(asked.ToString());
        }

        foreach (var progress in shell.Host.Screen.Progress)
        {
            Add(text, progress);
        }

        var kept = shell.Run(
            "$global:Error | ForEach-Object { $_ }; Get-History | ForEach-Object CommandLine; "
            + "Get-Variable -Scope Global -ErrorAction Ignore");
        foreach (var item in kept.Output)
        {
            if (item.BaseObject is ErrorRecord error && !results.Any(result => result.Errors.Contains(error)))
            {
                AddError(text, error);
            }
            else if (item.BaseObject is string line)
            {
                text.AppendLine(line);
            }
        }

        foreach (var context in shell.Run("Get-OpenRouterContext").Output)
        {
            Add(text, context);
            Add(text, context.Properties.Select(static property => property.Value));
        }

        text.AppendLine(shell.Show("Get-OpenRouterContext"));
        return text.ToString();
    }

    /// <summary>What a script wrote to its streams.</summary>
    public static string Collect(RunResult result)
    {
        var text = new StringBuilder();
        foreach (var output in result.Output)
        {
            Add(text, output);
        }

        foreach (var error in result.Errors)
        {
            AddError(text, error);
        }

        foreach (var lines in new[] { result.Warnings, result.Verbose, result.Debug, result.Information })
        {
            Add(text, string.Join('\n', lines));
        }

        foreach (var progress in result.Progress)
        {
            Add(text, progress);
        }

        return text.ToString();
    }

    public static IReadOnlyList<string> Leaks(string text, IEnumerable<KnownSecret> secrets) =>
        [.. secrets.SelectMany(secret => secret.FoundIn(text))];

    private static void AddError(StringBuilder text, ErrorRecord error)
    {
        text.AppendLine(error.ToString())
            .AppendLine(error.FullyQualifiedErrorId)
            .AppendLine(error.ScriptStackTrace);
        text.AppendLine(error.CategoryInfo.ToString()).AppendLine(error.ErrorDetails?.RecommendedAction);
        text.AppendLine(error.InvocationInfo?.Line).AppendLine(error.InvocationInfo?.PositionMessage);
        Add(text, error.TargetObject);
        Add(text, error);
        for (var cause = error.Exception; cause is not null; cause = cause.InnerException)
        {
            text.AppendLine(cause.ToString());
            foreach (var key in cause.Data.Keys)
            {
                Add(text, cause.Data[key!]);
            }

            foreach (var property in cause.GetType().GetProperties())
            {
                Add(text, property.GetValue(cause)?.ToString());
            }
        }
    }

    private static void Add(StringBuilder text, object? item)
    {
        if (item is null)
        {
            return;
        }

        text.AppendLine(item.ToString());
        text.AppendLine(PSSerializer.Serialize(item, depth: 2));
    }
}
