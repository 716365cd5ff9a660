using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace OpenRouter.Byok.Module;

/// <summary>Finds the assemblies that the module ships for Windows PowerShell.</summary>
/// <param name="folder">The folder where they are.</param>
/// <remarks>
/// The .NET Framework binds an assembly by its exact version and knows no binding redirects for modules, so an older
/// reference of one of these libraries to another is answered with the one that the module ships. Everybody in the
/// process asks here. What others ask for is theirs to find: they may have been built for another version.
/// </remarks>
internal sealed class ShippedAssemblies(string folder)
{
    private static readonly HashSet<string> Shipped = new(StringComparer.OrdinalIgnoreCase)
    {
        "Microsoft.Bcl.AsyncInterfaces",
        "System.Buffers",
        "System.Memory",
        "System.Numerics.Vectors",
        "System.Runtime.CompilerServices.Unsafe",
        "System.Text.Encodings.Web",
        "System.Text.Json",
        "System.Threading.Tasks.Extensions",
    };

    /// <summary>The file that answers a request; null when it is somebody else's to answer.</summary>
    /// <param name="name">What is asked for.</param>
    /// <param name="askedBy">The assembly whose reference it is, where that is known.</param>
    public string? Find(AssemblyName name, Assembly? askedBy)
    {
        if (name.Name is not { } simpleName || !Shipped.Contains(simpleName) || !IsOurs(askedBy))
        {
            return null;
        }

        var file = Path.Combine(folder, simpleName + ".dll");
        return File.Exists(file) && AssemblyName.GetAssemblyName(file).Version >= name.Version ? file : null;
    }

    private bool IsOurs(Assembly? assembly) =>
        assembly is { IsDynamic: false, Location.Length: > 0 }
        && string.Equals(
            Path.GetDirectoryName(Path.GetFullPath(assembly.Location)),
            Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar),
            StringComparison.OrdinalIgnoreCase);
}
