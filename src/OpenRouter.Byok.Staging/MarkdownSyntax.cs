using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Staging;

/// <summary>Writes the parameters of one set as Get-Command shows them, in lines of moderate length.</summary>
internal static class MarkdownSyntax
{
    private const int Width = 100;

    public static string Of(string cmdlet, IReadOnlyList<ParameterHelp> set)
    {
        var lines = new List<string> { cmdlet };
        foreach (var part in set.Select(Parameter).Append("[<CommonParameters>]"))
        {
            if (lines[^1].Length + 1 + part.Length > Width)
            {
                lines.Add("    " + part);
            }
            else
            {
                lines[^1] += " " + part;
            }
        }

        return string.Join("\n", lines);
    }

    private static string Parameter(ParameterHelp parameter)
    {
        var name = parameter.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var whole = parameter.IsSwitch ? $"-{parameter.Name}" : $"{name} <{parameter.TypeName}>";
        return parameter.Mandatory ? whole : $"[{whole}]";
    }
}
