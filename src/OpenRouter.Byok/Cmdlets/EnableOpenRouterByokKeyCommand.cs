using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Switches provider credentials on.</summary>
/// <remarks>
/// <para>Enabling what is enabled already is no error.</para>
/// </remarks>
/// <example>
/// <summary>Switch one on</summary>
/// <code>Enable-OpenRouterByokKey 'Old laptop'</code>
/// <para>It says nothing unless -PassThru asks for the credential.</para>
/// </example>
/// <example>
/// <summary>Switch everything on again</summary>
/// <code>Get-OpenRouterByokKey -State Disabled | Enable-OpenRouterByokKey -PassThru</code>
/// <para>The credentials come out as they are now.</para>
/// </example>
/// <seealso cref="DisableOpenRouterByokKeyCommand"/>
[Cmdlet(
    VerbsLifecycle.Enable, "OpenRouterByokKey", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(ByokKey))]
public sealed class EnableOpenRouterByokKeyCommand : SwitchingCommand
{
    private protected override bool Disables => false;

    private protected override string ActionName => Messages.ActionEnable;
}
