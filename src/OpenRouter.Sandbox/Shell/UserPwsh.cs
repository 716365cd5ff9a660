using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Sandbox.Shell;

/// <summary>The PowerShell that the user has installed.</summary>
internal static class UserPwsh
{
    /// <returns>Its path; null when there is none on PATH.</returns>
    public static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    public static int OpenShell(string pwsh, SandboxServer server)
    {
        Console.Out.Write(Banner.Text(server, Banner.OwnPwsh, new SystemConsole().HasColor));
        return Start(pwsh, server, ["-NoLogo", "-NoExit", "-Command", Import]);
    }

    public static int RunScript(string pwsh, SandboxServer server, string invocation) =>
        Start(pwsh, server, ["-NoLogo", "-NoProfile", "-Command", $"{Import}; {invocation}"]);

    // As Engine does it, and for the same reasons.
    private static string Import =>
        $"$env:PSModulePath = {ScriptRunner.Quote(StagedModule.Parent + Path.PathSeparator)} + $env:PSModulePath; "
        + $"Import-Module {ScriptRunner.Quote(StagedModule.Manifest)} -ErrorAction Stop; {StagedModule.Analyze}";

    private static int Start(string pwsh, SandboxServer server, string[] arguments)
    {
        var start = new ProcessStartInfo(pwsh, arguments);
        foreach (var (name, value) in Engine.Connection(server))
        {
            start.Environment[name] = value;
        }

        // Ctrl+C reaches the child too. It is the child's to answer.
        using var ignored = new Interruption();
        using var child = Process.Start(start) ?? throw new InvalidOperationException($"{pwsh} did not start.");
        child.WaitForExit();
        return child.ExitCode;
    }
}
