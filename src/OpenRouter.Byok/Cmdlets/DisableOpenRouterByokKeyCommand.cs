using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Base;
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
/// <code>Disable-OpenRouterByokKey 'Team account'</code>
/// <para>It says nothing unless -PassThru asks for the credential.</para>
/// </example>
/// <example>
/// <summary>See what would be switched off</summary>
/// <code>Disable-OpenRouterByokKey * -Provider openai -WhatIf</code>
/// <para>The credentials that have a name are looked up; nothing is changed.</para>
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
