using System;
using System.IO;

namespace OpenRouter.Sandbox;

/// <summary>Finds the module as a build lays it out: out/OpenRouter.Byok of the repository.</summary>
internal static class StagedModule
{
    public const string Name = "OpenRouter.Byok";

    /// <summary>The repository's root.</summary>
    public static string Root => FoundRoot.Value;

    /// <summary>The staged module's folder.</summary>
    public static string Folder => Path.Combine(Parent, Name);

    /// <summary>The folder that holds the module's folder, as PSModulePath wants it.</summary>
    public static string Parent => Path.Combine(Root, "out");

    /// <summary>The staged manifest: what to import.</summary>
    public static string Manifest => Path.Combine(Folder, "OpenRouter.Byok.psd1");

    /// <summary>
    /// A command after which the engine knows by heart what the module exports. Else it finds that out on the first use
    /// of a cmdlet in a runspace without the module, and other runspaces miss the cmdlet meanwhile.
    /// </summary>
    public const string Analyze = $"$null = Get-Module {Name} -ListAvailable";

    private static readonly Lazy<string> FoundRoot = new(FindRoot);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "out", "OpenRouter.Byok", "OpenRouter.Byok.psd1")))
            {
                return folder.FullName;
            }
        }

        throw new StagedModuleException(
            $"No folder above {AppContext.BaseDirectory} contains out/OpenRouter.Byok. Run dotnet build first.");
    }
}

internal sealed class StagedModuleException(string message) : Exception(message);
