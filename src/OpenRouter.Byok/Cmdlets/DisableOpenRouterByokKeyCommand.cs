using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Disables provider credentials.</summary>
/// <remarks>
/// <para>
/// A disabled credential is not used for requests, and it keeps all its settings. Disabling a credential that is
/// already disabled is not an error.
/// </para>
/// </remarks>
/// <example>
/// <summary>Disable a credential</summary>
/// <code>Disable-OpenRouterByokKey 'Team account'</code>
/// <para>The cmdlet has no output unless you specify -PassThru.</para>
/// </example>
/// <example>
/// <summary>See what would be disabled</summary>
/// <code>Disable-OpenRouterByokKey * -Provider openai -WhatIf</code>
/// <para>The cmdlet looks up the credentials that have a name, but changes nothing.</para>
/// </example>
/// <seealso cref="EnableOpenRouterByokKeyCommand"/>
[Cmdlet(
    VerbsLifecycle.Disable, "OpenRouterByokKey", SupportsShouldProcess = true, DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Disable-OpenRouterByokKey.md")]
[OutputType(typeof(ByokKey))]
public sealed class DisableOpenRouterByokKeyCommand : SwitchingCommand
{
    private protected override bool Disables => true;

    private protected override string ActionName => Messages.ActionDisable;
}
