using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace OpenRouter.Sandbox.Shell;

/// <summary>
/// The engine as a package has no Utility, Management or Security cmdlets. These are small stand-ins for the few that
/// scripts about credentials can hardly do without; each has only the parameters in common use.
/// </summary>
internal static class StubCmdlets
{
    private static readonly SessionStateCmdletEntry[] Cmdlets =
    [
        .. typeof(StubCmdlets).Assembly.GetTypes()
            .Select(type => (Type: type, Attribute: type.GetCustomAttribute<CmdletAttribute>()))
            .Where(found => found.Attribute is not null)
            .Select(found => new SessionStateCmdletEntry(
                $"{found.Attribute!.VerbName}-{found.Attribute.NounName}", found.Type, null))
            .OrderBy(entry => entry.Name),
    ];

    public static void AddTo(InitialSessionState state)
    {
        foreach (var entry in Cmdlets)
        {
            state.Commands.Add(entry);
        }

        // The engine's own help function pages through cmdlets that are not here.
        state.Commands.Remove("help", typeof(SessionStateFunctionEntry));
        state.Commands.Add(new SessionStateAliasEntry("help", "Get-Help"));
    }
}
