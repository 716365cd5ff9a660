using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Switches provider credentials off.</summary>
/// <remarks>
/// <para>
/// A credential that is off takes no part in routing and keeps all its settings. Disabling what is disabled already is
/// no error.
/// </para>
/// </remarks>
/// <example>
/// <summary>Switch one off</summary>
/// <code>Disable-OpenRouterByokKey -Id 11111111-2222-3333-4444-555555555555</code>
/// <para>It says nothing unless -PassThru asks for the credential.</para>
/// </example>
/// <example>
/// <summary>See what would be switched off</summary>
/// <code>Get-OpenRouterByokKey -Provider openai | Disable-OpenRouterByokKey -WhatIf</code>
/// <para>Nothing is sent.</para>
/// </example>
/// <seealso cref="EnableOpenRouterByokKeyCommand"/>
[Cmdlet(
    VerbsLifecycle.Disable, "OpenRouterByokKey", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(ByokKey))]
public sealed class DisableOpenRouterByokKeyCommand : SwitchingCommand
{
    private protected override bool Disables => true;

    private protected override string ActionName => Messages.ActionDisable;
}
