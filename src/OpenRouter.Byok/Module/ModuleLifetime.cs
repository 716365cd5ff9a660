using System.Management.Automation;
using OpenRouter.Byok.Session;

namespace OpenRouter.Byok.Module;

/// <summary>Wipes the session of a runspace that removes the module.</summary>
/// <remarks>Found by PowerShell, which looks for it when the module is removed.</remarks>
public sealed class ModuleLifetime : IModuleAssemblyCleanup
{
    /// <summary>Called by PowerShell when the module is removed.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => SessionTable.Clear();
}
