using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using OpenRouter.Sandbox;
using OpenRouter.Sandbox.Server;
using OpenRouter.Sandbox.Shell;
using Xunit;

namespace OpenRouter.Byok.Tests.Examples;

/// <summary>Runs what a page shows as typed at a prompt, and compares the output with what it shows.</summary>
internal static partial class Screen
{
    private const string Prompt = "PS> ";
    private const string Omitted = "…";

    private const string Connect = """
        param($ManagementKey, $BaseUri, $InferenceKey, $Folder)
        $null = $ExecutionContext.SessionState.Path.SetLocation($Folder)
        Connect-OpenRouter $ManagementKey -BaseUri $BaseUri -SkipCheck
        $PSDefaultParameterValues['Test-OpenRouterByokKey:ApiKey'] = $InferenceKey
        $secret = $InferenceKey
        """;

    /// <summary>The commands of a screen, and what comes out of each in a new sandbox of 120 columns.</summary>
    public static async Task<string> RunAsync(string shown)
    {
        await using var server = await SandboxServer.StartAsync(new(), TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        var host = new SandboxHost(new TextConsole(output));
        using var runspace = Engine.Open(host, server);
        using var connecting = PowerShell.Create(runspace);
        connecting.AddScript(Connect, useLocalScope: false)
            .AddArgument(Secret.Of(server.ManagementKey))
            .AddArgument(server.BaseUri)
            .AddArgument(Secret.Of(server.InferenceKey))
            .AddArgument(Path.Combine(StagedModule.Root, "examples", "configuration"))
            .Invoke();
        Assert.Empty(connecting.Streams.Error);
        var screen = new List<string>();
        foreach (var line in shown.Split('\n').Where(IsCommand))
        {
            output.GetStringBuilder().Clear();
            try
            {
                using var shell = Engine.Showing(runspace, shell => shell.AddScript(line[Prompt.Length..], false));
                shell.Invoke();
            }
            catch (RuntimeException e)
            {
                Engine.ShowError(host, runspace, e.ErrorRecord);
            }

            screen.Add(line);
            screen.AddRange(output.ToString() is var text && string.IsNullOrWhiteSpace(text) ? [] : Lines(text));
        }

        return string.Join('\n', screen);
    }

    /// <summary>Where they differ, as a diff, apart from what differs at each start; otherwise nothing.</summary>
    public static string Difference(string shown, string actual)
    {
        var (before, after) = (Lines(shown), Lines(actual));
        return Matches([.. before.Select(Mask)], [.. after.Select(Mask)])
            ? ""
            : string.Join('\n', [.. before.Except(after).Select(static line => "- " + line), "+ all of it:", .. after]);
    }

    private static bool Matches(ReadOnlySpan<string> shown, ReadOnlySpan<string> actual)
    {
        while (!shown.IsEmpty && shown[0] != Omitted)
        {
            if (actual.IsEmpty || shown[0] != actual[0])
            {
                return false;
            }

            shown = shown[1..];
            actual = actual[1..];
        }

        if (shown.IsEmpty)
        {
            return actual.IsEmpty;
        }

        for (var skipped = 0; skipped <= actual.Length; skipped++)
        {
            if (Matches(shown[1..], actual[skipped..]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCommand(string line) => line.StartsWith(Prompt, StringComparison.Ordinal);

    private static string[] Lines(string text) =>
        [.. text.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(static line => line.TrimEnd())];

    // Columns stay where they are; numbers outside tables may have any length.
    private static string Mask(string line) =>
        Durations().Replace(Aligned().Replace(line, static match => new string('#', match.Length)), "#");

    // Ids, hashes, dates, ports, the milliseconds of a test.
    [GeneratedRegex(@"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{8,}(?=…)|(?<=user_)[0-9a-f]+"
        + @"|\b\d{4}-\d\d-\d\d\b|(?<=127\.0\.0\.1:)\d+|(?<=req_)\d+|(?<=\b(?:Yes|No) )[ \d]*\d")]
    private static partial Regex Aligned();

    [GeneratedRegex(@"\d+(?:\.\d+)?(?= (?:ms|seconds?)\b)")]
    private static partial Regex Durations();
}
