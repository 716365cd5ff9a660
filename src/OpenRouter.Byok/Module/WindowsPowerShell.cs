#if !NET
using System;
using System.IO;
using System.Management.Automation;
using System.Reflection;

namespace OpenRouter.Byok.Module;

/// <summary>
/// What Windows PowerShell needs on import: a .NET Framework that is new enough, and the assemblies it lacks.
/// </summary>
public sealed class WindowsPowerShell : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly ShippedAssemblies Shipped =
        new(Path.GetDirectoryName(typeof(WindowsPowerShell).Assembly.Location)!);

    /// <summary>Called by Windows PowerShell on import.</summary>
    public void OnImport()
    {
        NetFramework.Require472(NetFramework.InstalledRelease(typeof(object).Assembly));
        AppDomain.CurrentDomain.AssemblyResolve += Resolve;
    }

    /// <summary>Called by Windows PowerShell when the module is removed.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private static Assembly? Resolve(object? sender, ResolveEventArgs request) =>
        Shipped.Find(new AssemblyName(request.Name), request.RequestingAssembly) is { } file
            ? Assembly.LoadFrom(file)
            : null;
}
#endif
