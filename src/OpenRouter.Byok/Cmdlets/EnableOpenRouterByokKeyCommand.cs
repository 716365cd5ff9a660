using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Enables provider credentials.</summary>
/// <remarks>
/// <para>Enabling a credential that is already enabled is not an error.</para>
/// </remarks>
/// <example>
/// <summary>Enable a credential</summary>
/// <code>Enable-OpenRouterByokKey 'Old laptop'</code>
/// <para>The cmdlet has no output unless you specify -PassThru.</para>
/// </example>
/// <example>
/// <summary>Enable all disabled credentials</summary>
/// <code>Get-OpenRouterByokKey -State Disabled | Enable-OpenRouterByokKey -PassThru</code>
/// <para>With -PassThru, the cmdlet outputs the enabled credentials.</para>
/// </example>
/// <seealso cref="DisableOpenRouterByokKeyCommand"/>
[Cmdlet(
    VerbsLifecycle.Enable, "OpenRouterByokKey", SupportsShouldProcess = true, DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Enable-OpenRouterByokKey.md")]
[OutputType(typeof(ByokKey))]
public sealed class EnableOpenRouterByokKeyCommand : SwitchingCommand
{
    private protected override bool Disables => false;

    private protected override string ActionName => Messages.ActionEnable;
}
