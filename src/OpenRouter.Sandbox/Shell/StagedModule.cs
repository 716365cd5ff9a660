using System;
using System.IO;

namespace OpenRouter.Sandbox;

/// <summary>Finds the module as a build lays it out: out/OpenRouter.Byok of the repository.</summary>
internal static class StagedModule
{
    /// <summary>The repository's root.</summary>
    public static string Root => FoundRoot.Value;

    /// <summary>The staged module's folder.</summary>
    public static string Folder => Path.Combine(Root, "out", "OpenRouter.Byok");

    /// <summary>The staged manifest: what to import.</summary>
    public static string Manifest => Path.Combine(Folder, "OpenRouter.Byok.psd1");

    private static readonly Lazy<string> FoundRoot = new(FindRoot);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "out", "OpenRouter.Byok", "OpenRouter.Byok.psd1")))
                return folder.FullName;
        }

        throw new StagedModuleException(
            $"No folder above {AppContext.BaseDirectory} has out/OpenRouter.Byok. Run dotnet build first.");
    }
}

internal sealed class StagedModuleException(string message) : Exception(message);
