using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using OpenRouter.Byok.Benchmarks.Children;

namespace OpenRouter.Byok.Benchmarks.Suite;

/// <summary>Who takes part.</summary>
/// <param name="Name">The heading of its column.</param>
/// <param name="Command">The program and its arguments; null when it is not installed.</param>
internal sealed record Contender(string Name, IReadOnlyList<string>? Command);

internal sealed record ContenderList(IReadOnlyList<Contender> All, string Primer);

internal static class Contenders
{
    public const string Http = "HttpClient";
    public const string Module = "OpenRouter.Byok";
    public const string Empty = "empty module";
    public const string EmptyWithView = "empty, one view";
    public const string NoViews = "without its views";
    public const string Sdk = "official SDK";
    public const string Rest = "Invoke-RestMethod";

    /// <summary>Those that are imported; all but the module itself are there for nothing else.</summary>
    public static readonly string[] Modules = [Empty, EmptyWithView, NoViews, Module];

    /// <summary>Finds what is installed, and makes what has to be made, in a folder that the caller deletes.</summary>
    public static ContenderList Find(string folder)
    {
        var manifest = Path.Combine(Repository.StagedModule, "OpenRouter.Byok.psd1");
        var empty = EmptyModule.Write(folder, "Empty", EmptyModule.CmdletsOf(manifest));
        var view = EmptyModule.Write(folder, "EmptyWithView", EmptyModule.CmdletsOf(manifest), hasView: true);
        var primer = EmptyModule.Write(folder, "Primer", ["Get-OpenRouterPrimer"]);
        return new ContenderList(
            [
                new(Http, Own("http")),
                new(Module, Own("module", manifest)),
                new(Empty, Own("module", empty)),
                new(EmptyWithView, Own("module", view)),
                new(NoViews, Own("module", WithoutViews(manifest, folder))),
                new(Sdk, SdkCommand()),
                new(Rest, RestCommand()),
            ],
            primer);
    }

    /// <summary>A copy of the staged module that brings no views, to tell what reading them takes.</summary>
    private static string WithoutViews(string manifest, string folder)
    {
        var staged = Path.GetDirectoryName(manifest)!;
        var copy = Path.Combine(folder, "NoViews", Path.GetFileName(staged));
        foreach (var file in Directory.EnumerateFiles(staged, "*.dll", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(staged, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var bare = Path.Combine(copy, Path.GetFileName(manifest));
        File.WriteAllLines(
            bare,
            File.ReadLines(manifest).Where(line => !line.Contains("FormatsToProcess", StringComparison.Ordinal)));
        return bare;
    }

    /// <summary>This program as a child process.</summary>
    public static IReadOnlyList<string> Own(params IEnumerable<string> arguments) =>
        [
            Environment.ProcessPath!,
            .. IsDotNet ? [Path.Combine(AppContext.BaseDirectory, Name + ".dll")] : Array.Empty<string>(),
            "child",
            .. arguments,
        ];

    private static string Name => typeof(Contenders).Assembly.GetName().Name!;

    private static bool IsDotNet => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";

    private static string[]? SdkCommand()
    {
        if (OnPath("node") is not { } node)
        {
            return null;
        }

        var folder = Path.Combine(Repository.Benchmarks, "sdk");
        return Directory.Exists(Path.Combine(folder, "node_modules", "@openrouter", "sdk")) || InstallSdk(folder)
            ? [node, Path.Combine(folder, "contender.mjs")]
            : null;
    }

    private static string[]? RestCommand() => (Environment.GetEnvironmentVariable("PWSH") ?? OnPath("pwsh")) is { } pwsh
        ? [pwsh, "-NoProfile", "-NonInteractive", "-File", Path.Combine(Repository.Benchmarks, "pwsh", "contender.ps1")]
        : null;

    private static bool InstallSdk(string folder)
    {
        if (OnPath("npm") is not { } npm)
        {
            return false;
        }

        Console.WriteLine("Installing the official SDK (npm ci) ...");
        using var process = Process.Start(
            new ProcessStartInfo(npm, ["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            {
                WorkingDirectory = folder,
            })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string? OnPath(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(File.Exists);
    }
}
