#if !NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Net;
using System.Reflection;

namespace OpenRouter.Byok;

/// <summary>What Windows PowerShell needs on import: the assemblies it lacks, and TLS 1.2.</summary>
/// <remarks>
/// The .NET Framework binds an assembly by its exact version and knows no binding redirects for modules, so an older
/// reference of one of these libraries to another is answered with the one that the module ships. Only these names are.
/// </remarks>
public sealed class WindowsPowerShell : IModuleAssemblyInitializer, IModuleAssemblyCleanup
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

    /// <summary>Called by Windows PowerShell on import.</summary>
    public void OnImport()
    {
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;

        // Old machines offer no more than TLS 1.0 unless they are told.
        ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
    }

    /// <summary>Called by Windows PowerShell when the module is removed.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private static Assembly? Resolve(object? sender, ResolveEventArgs request)
    {
        var name = new AssemblyName(request.Name).Name;
        if (name is null || !Shipped.Contains(name)) return null;
        var file = Path.Combine(Path.GetDirectoryName(typeof(WindowsPowerShell).Assembly.Location)!, name + ".dll");
        return File.Exists(file) ? Assembly.LoadFrom(file) : null;
    }
}
#endif
