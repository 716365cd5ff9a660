using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Sandbox.Shell;

internal enum Mode
{
    Shell,
    Serve,
    Run,
    Endpoints,
    Help,
}

/// <summary>What the sandbox was asked to do. What cannot be understood is a <see cref="FormatException"/>.</summary>
internal sealed record CommandLine
{
    public const string Usage = """
        A local OpenRouter for trying the module and testing your runbooks. All data is in memory.

          dotnet run --project src/OpenRouter.Sandbox [-- OPTIONS]
              Opens a PowerShell prompt connected to a new sandbox. If input is not a terminal, plays a short tour.
          dotnet run --project src/OpenRouter.Sandbox -- run [OPTIONS] FILE.ps1 [ARGUMENTS]
              Runs a script against a new sandbox and exits with the exit code of the script.
          dotnet run --project src/OpenRouter.Sandbox -- serve [--port N] [OPTIONS]
              Starts only the server. Prints one line with the address and the keys; stops on Ctrl+C and SIGTERM.
          dotnet run --project src/OpenRouter.Sandbox -- endpoints
              Prints the endpoints that the sandbox answers.

        Options:
          --keys N        start with N credentials (0 to 100000) instead of the sample data
          --latency MS    delay every response by this many milliseconds (0 to 60000)
          --shuffle       list credentials in an arbitrary order, the same at each start
          --personal      an account without an organization, so that listing its members is a 404
          --faults SPEC   inject faults at random, such as rate-limit=0.1,conflict=0.2
          --embedded      use the built-in PowerShell engine even if pwsh is installed
          --port N        serve: listen on this port (1 to 65535) instead of a free one
          --help          show this text

        Scripts and prompts find the keys in OPENROUTER_MANAGEMENT_KEY, in OPENROUTER_API_KEY, and in SCRATCH_API_KEY:
        the API key of the workspace Scratch, which has no credentials and is for testing new keys.
        The end of a provider's key determines how the provider responds: -revoked (401), -outofquota (402),
        -forbidden (403), -ratelimited (429), -failing (500), -slow (after two seconds), or -region-eu (401 in any
        other region).
        """;

    public Mode Mode { get; private init; }

    public SandboxOptions Options { get; private init; } = new();

    public bool Embedded { get; private init; }

    public string? Script { get; private init; }

    public IReadOnlyList<string> ScriptArguments { get; private init; } = [];

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var (mode, at) = (arguments.Count > 0 ? arguments[0] : null) switch
        {
            "serve" => (Mode.Serve, 1),
            "run" => (Mode.Run, 1),
            "endpoints" => (Mode.Endpoints, 1),
            _ => (Mode.Shell, 0),
        };
        var line = new CommandLine { Mode = mode };
        while (at < arguments.Count)
        {
            var argument = arguments[at++];
            if (argument is "--help" or "-h" or "-?")
            {
                return new CommandLine { Mode = Mode.Help };
            }

            if (argument == "--embedded")
            {
                line = line with { Embedded = true };
            }
            else if (argument == "--personal")
            {
                line = line with { Options = line.Options with { IsPersonalAccount = true } };
            }
            else if (argument == "--shuffle")
            {
                line = line with { Options = line.Options with { ShuffleSeed = 1 } };
            }
            else if (mode == Mode.Run && !argument.StartsWith('-'))
            {
                return line with { Script = argument, ScriptArguments = [.. arguments.Skip(at)] };
            }
            else
            {
                line = line with { Options = line.Option(argument, at < arguments.Count ? arguments[at++] : null) };
            }
        }

        return mode != Mode.Run
            ? line
            : throw new FormatException("run requires the path of a script, such as run check.ps1.");
    }

    private SandboxOptions Option(string name, string? value) => name switch
    {
        "--port" when Mode == Mode.Serve => Options with { Port = Number(name, value, 1, 65535) },
        "--port" => throw new FormatException("--port requires serve; the other modes use a free port."),
        "--keys" => Options with { KeyCount = Number(name, value, 0, 100_000) },
        "--latency" => Options with { Latency = TimeSpan.FromMilliseconds(Number(name, value, 0, 60_000)) },
        "--faults" when value is null => throw new FormatException("--faults requires a value."),
        "--faults" => Options with { Faults = FaultPlan.Parse(value) },
        _ when name.StartsWith('-') => throw new FormatException($"There is no option '{name}'."),
        _ => throw new FormatException($"'{name}' is not a command. The commands are serve, run, and endpoints."),
    };

    private static int Number(string name, string? value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : throw new FormatException(value is null
                ? $"{name} requires a number from {least} to {most}."
                : $"{name} requires a whole number from {least} to {most}, not '{value}'.");
}
