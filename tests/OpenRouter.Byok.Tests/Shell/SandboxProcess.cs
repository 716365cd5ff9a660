using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using OpenRouter.Sandbox;
using OpenRouter.Sandbox.Shell;
using Xunit;

namespace OpenRouter.Byok.Tests.Shell;

/// <summary>The sandbox as its own process, without a terminal.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private SandboxProcess(Process process) => this.process = process;

    public static SandboxProcess Start(params string[] arguments) => Start(StartInfo(arguments));

    private static ProcessStartInfo StartInfo(string[] arguments) =>
        new("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments]);

    private static SandboxProcess Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        // Nothing runs long enough to gain from what the runtime would measure of it.
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new SandboxProcess(process);
    }

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var sandbox = Start(arguments);
        return await sandbox.ToEndAsync();
    }

    /// <summary>Runs with a folder before the others on PATH.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunOnPathAsync(
        string folder, params string[] arguments) =>
        RunWithAsync("PATH", folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"), arguments);

    /// <summary>Runs with an environment variable.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunWithAsync(
        string variable, string value, params string[] arguments)
    {
        var start = StartInfo(arguments);
        start.Environment[variable] = value;
        using var sandbox = Start(start);
        return await sandbox.ToEndAsync();
    }

    /// <summary>Runs as the README says, without building, in a folder that is not the repository's.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> DotnetRunAsync(
        string folder, params string[] arguments)
    {
        var project = Path.Combine(StagedModule.Root, "src", "OpenRouter.Sandbox");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string[] command = ["run", "--no-build", "-c", configuration, "--project", project, "--"];
        using var sandbox = Start(
            new ProcessStartInfo("dotnet", [.. command, .. arguments]) { WorkingDirectory = folder });
        return await sandbox.ToEndAsync();
    }

    public async Task<string> ReadLineAsync() =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(TimeLimit) ?? string.Empty;

    public async Task<(int ExitCode, string Output, string Errors)> ToEndAsync()
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeLimit);
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), (await errors).ReplaceLineEndings("\n"));
    }

    /// <summary>
    /// Whether a child of this process would ignore the signal from its start, as jobs in the background do.
    /// </summary>
    public static bool InheritsIgnoring(int signal)
    {
        const string Status = "/proc/self/status";
        var line = File.Exists(Status)
            ? File.ReadLines(Status)
                .FirstOrDefault(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal))
            : null;
        return line is not null && (Convert.ToUInt64(line.Split('\t')[1], 16) >> (signal - 1) & 1) == 1;
    }

    public void Signal(int number) => Assert.Equal(0, Kill(process.Id, number));

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
