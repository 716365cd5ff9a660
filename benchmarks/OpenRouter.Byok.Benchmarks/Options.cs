using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OpenRouter.Byok.Benchmarks.Suite;

namespace OpenRouter.Byok.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    private const int DefaultRounds = 7;

    private const int QuickRounds = 3;

    public int Rounds { get; init; } = DefaultRounds;

    /// <summary>Fewer rounds, which are good for a look and not for the page.</summary>
    public bool IsQuick { get; init; }

    /// <summary>The names of the works to run; empty means all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public bool IsHelp { get; init; }

    public static string Usage =>
        $"""
        Usage: dotnet run -c Release --project benchmarks/OpenRouter.Byok.Benchmarks [-- options]

          (no options)   Run everything and write docs/performance.md.
          --rounds N     Measure N times, 1 to 100; {DefaultRounds} by default.
          --quick        Measure {QuickRounds} times, and write no page.
          --only NAME    Run one work, and write no page; may be repeated. Names:
                         {string.Join(", ", Names)}
          --help         Show this.

        The environment variable PWSH names the PowerShell to measure Invoke-RestMethod in, if it is not on the PATH.
        """;

    private static IEnumerable<string> Names => Works.All.Select(work => work.Name);

    public bool Wants(string name) => Only.Count == 0 || Only.Contains(name);

    /// <exception cref="FormatException">The arguments are none of the usage; the message is one sentence.</exception>
    public static Options Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options();
        var isRoundsGiven = false;
        for (var index = 0; index < arguments.Count; index++)
        {
            switch (arguments[index])
            {
                case "--help" or "-h" or "-?":
                    return options with { IsHelp = true };
                case "--quick":
                    options = options with { IsQuick = true };
                    break;
                case "--rounds":
                    options = options with { Rounds = RoundsOf(ValueOf(arguments, ref index)) };
                    isRoundsGiven = true;
                    break;
                case "--only":
                    options = options with { Only = [.. options.Only, NameOf(ValueOf(arguments, ref index))] };
                    break;
                case var other:
                    throw new FormatException($"'{other}' is no option of the benchmarks.");
            }
        }

        return options.IsQuick && !isRoundsGiven ? options with { Rounds = QuickRounds } : options;
    }

    private static string ValueOf(IReadOnlyList<string> arguments, ref int index) => index + 1 < arguments.Count
        ? arguments[++index]
        : throw new FormatException($"{arguments[index]} needs a value.");

    private static int RoundsOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds is >= 1 and <= 100
            ? rounds
            : throw new FormatException($"--rounds takes a number from 1 to 100, which '{text}' is not.");

    private static string NameOf(string text) => Names.Contains(text)
        ? text
        : throw new FormatException($"There is no work named '{text}'; there are {string.Join(", ", Names)}.");
}
