using System;
using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Tests.Display;

/// <summary>Looks for control and formatting characters in what reaches a terminal.</summary>
internal static class ControlCharacterScan
{
    private static readonly string[] Bad =
    [
        "\u001b", "\a", "\r", "\0", "\u009b", "\u202e", "\u2066", "\u2028", "\u200b", "\ufeff", "\U000E0041",
        "\nForged",
    ];

    /// <summary>The codes of what must not be there. PowerShell's own colors may be.</summary>
    public static IReadOnlyList<string> Found(string text)
    {
        var plain = ModuleRunspace.WithoutColors(text).Replace(Environment.NewLine, "\n", StringComparison.Ordinal);
        return
        [
            .. Bad.Where(bad => plain.Contains(bad, StringComparison.Ordinal))
                .Select(static bad => string.Join(' ', bad.Select(static c => $"{(int)c:X4}"))),
        ];
    }
}
