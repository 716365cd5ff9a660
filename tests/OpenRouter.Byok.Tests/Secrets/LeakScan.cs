using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;

namespace OpenRouter.Byok.Tests.Secrets;

/// <summary>Everything that a script left behind where somebody could read it, as one text.</summary>
internal static class LeakScan
{
    public static string Collect(ModuleRunspace shell, RunResult result)
    {
        var text = new StringBuilder();
        foreach (var output in result.Output)
        {
            Add(output);
        }

        foreach (var error in result.Errors)
        {
            AddError(error);
        }

        foreach (var lines in new[] { result.Warnings, result.Verbose, result.Debug, result.Information })
        {
            Add(string.Join('\n', lines));
        }

        foreach (var progress in result.Progress)
        {
            Add(progress);
        }

        text.AppendLine(shell.Host.Screen.Text);
        foreach (var asked in shell.Host.Screen.Asked)
        {
            text.AppendLine(asked.ToString());
        }

        foreach (var progress in shell.Host.Screen.Progress)
        {
            Add(progress);
        }

        var kept = shell.Run(
            "$global:Error | ForEach-Object { $_ }; Get-History | ForEach-Object CommandLine; "
            + "Get-Variable -Scope Global -ErrorAction Ignore");
        foreach (var item in kept.Output)
        {
            if (item.BaseObject is ErrorRecord error && !result.Errors.Contains(error))
            {
                AddError(error);
            }
            else if (item.BaseObject is string line)
            {
                text.AppendLine(line);
            }
        }

        foreach (var context in shell.Run("Get-OpenRouterContext").Output)
        {
            Add(context);
            Add(context.Properties.Select(static property => property.Value));
        }

        text.AppendLine(shell.Show("Get-OpenRouterContext"));
        return text.ToString();

        void AddError(ErrorRecord error)
        {
            text.AppendLine(error.ToString())
                .AppendLine(error.FullyQualifiedErrorId)
                .AppendLine(error.ScriptStackTrace);
            text.AppendLine(error.CategoryInfo.ToString()).AppendLine(error.ErrorDetails?.RecommendedAction);
            text.AppendLine(error.InvocationInfo?.Line).AppendLine(error.InvocationInfo?.PositionMessage);
            Add(error.TargetObject);
            Add(error);
            for (var cause = error.Exception; cause is not null; cause = cause.InnerException)
            {
                text.AppendLine(cause.ToString());
                foreach (var key in cause.Data.Keys)
                {
                    Add(cause.Data[key!]);
                }

                foreach (var property in cause.GetType().GetProperties())
                {
                    Add(property.GetValue(cause)?.ToString());
                }
            }
        }

        void Add(object? item)
        {
            if (item is null)
            {
                return;
            }

            text.AppendLine(item.ToString());
            text.AppendLine(PSSerializer.Serialize(item, depth: 2));
        }
    }

    public static IReadOnlyList<string> Leaks(string text, IEnumerable<KnownSecret> secrets) =>
        [.. secrets.SelectMany(secret => secret.FoundIn(text))];
}
