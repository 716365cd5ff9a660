using System;
using System.IO;

namespace OpenRouter.Byok.Benchmarks;

/// <summary>Where things are in the clone that this program was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Benchmarks => Path.Combine(Root, "benchmarks", "OpenRouter.Byok.Benchmarks");

    public static string StagedModule => Path.Combine(Root, "out", "OpenRouter.Byok");

    public static string PerformancePage => Path.Combine(Root, "docs", "performance.md");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OpenRouter.PowerShell.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The benchmarks run in a clone of the repository only.");
    }
}
