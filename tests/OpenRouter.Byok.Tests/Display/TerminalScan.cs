using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace OpenRouter.Byok.Tests.Display;

/// <summary>Looks through what reaches a terminal for what names could do to it.</summary>
internal static partial class TerminalScan
{
    private static readonly string[] Bad =
    [
        "\u001b", "\a", "\r", "\0", "\u009b", "\u202e", "\u2066", "\u2028", "\u200b", "\ufeff", "\U000E0041",
        "\nForged",
    ];

    /// <summary>The codes of what must not be there. PowerShell's own colours may be.</summary>
    public static IReadOnlyList<string> Found(string text)
    {
        var plain = Colour().Replace(text, "").Replace(Environment.NewLine, "\n", StringComparison.Ordinal);
        return
        [
            .. Bad.Where(bad => plain.Contains(bad, StringComparison.Ordinal))
                .Select(static bad => string.Join(' ', bad.Select(static c => $"{(int)c:X4}"))),
        ];
    }

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex Colour();
}
