using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OpenRouter.Sandbox;
using Xunit;

namespace OpenRouter.Byok.Tests.Shell;

/// <summary>Runspaces of a script in the sandbox find the module, as those of an installed one do.</summary>
public sealed class ParallelTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox parallel ").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_documented_parallel_example_runs()
    {
        var page = File.ReadLines(Path.Combine(StagedModule.Root, "docs", "pipelines.md"));
        var example = page.Single(static line => line.Contains("ForEach-Object -Parallel", StringComparison.Ordinal));
        var script = Path.Combine(folder, "parallel.ps1");
        await File.WriteAllTextAsync(
            script,
            $$"""
            $session = Connect-OpenRouter -PassThru
            $ids = (Get-OpenRouterByokKey -Provider openai -State Enabled).Id
            {{example}}
            "$($ids.Count) enabled, $((Get-OpenRouterByokKey -Provider openai -State Enabled).Count) left"
            $ids | ForEach-Object -Parallel {
                (Get-OpenRouterByokKey -Id $_ -Session $using:session).GetType().Assembly.Location
            }
            """,
            TestContext.Current.CancellationToken);

        // Nothing that another process has found out about modules shall help.
        var (exitCode, output, errors) = await SandboxProcess.RunWithAsync(
            "PSModuleAnalysisCachePath", Path.Combine(folder, "cache"), "run", "--embedded", script);

        Assert.True(exitCode == 0, output + errors);
        Assert.DoesNotContain("not recognized", errors, StringComparison.Ordinal);
        var lines = output.Trim().Split('\n')
            .Where(static line => !line.StartsWith("WARNING", StringComparison.Ordinal))
            .ToList();
        Assert.Equal("5 enabled, 0 left", lines[0]);
        Assert.Equal(
            [Path.Combine(StagedModule.Folder, "Core", "OpenRouter.Byok.dll")], lines.Skip(1).Distinct());
    }

    [Fact]
    public async Task The_users_own_pwsh_is_told_where_the_module_is()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The stand-in for pwsh is a shell script.");
            return;
        }

        var pwsh = Path.Combine(folder, "pwsh");
        await File.WriteAllTextAsync(
            pwsh, "#!/bin/sh\nfor last; do :; done\necho \"$last\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(pwsh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var script = Path.Combine(folder, "any.ps1");
        await File.WriteAllTextAsync(script, "exit 3", TestContext.Current.CancellationToken);

        var (_, output, _) = await SandboxProcess.RunOnPathAsync(folder, "run", script);

        // What it is told runs in the engine here, as far as the script.
        using var shell = new ModuleRunspace();
        var told = output.Split("; & ")[0];
        Assert.Equal(
            StagedModule.Folder,
            shell.Run($$"""
                $before = $env:PSModulePath
                try { {{told}}; (Get-Module OpenRouter.Byok -ListAvailable)[0].ModuleBase }
                finally { $env:PSModulePath = $before }
                """).Only<string>());
    }
}
