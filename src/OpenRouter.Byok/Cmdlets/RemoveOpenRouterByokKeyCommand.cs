using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Removes provider credentials. OpenRouter erases their keys.</summary>
/// <remarks>
/// <para>
/// A removed credential cannot be restored. The cmdlet prompts for confirmation before it removes each credential; in
/// unattended runbooks, specify -Confirm:$false. To stop using a credential temporarily, use Disable-OpenRouterByokKey
/// instead.
/// </para>
/// </remarks>
/// <example>
/// <summary>Remove a credential</summary>
/// <code>Remove-OpenRouterByokKey 'Old laptop' -Provider openai</code>
/// <para>
/// The cmdlet prompts for confirmation. If no credential has the name, or several have it, an error occurs and nothing
/// is removed.
/// </para>
/// </example>
/// <example>
/// <summary>See what would be removed</summary>
/// <code>Remove-OpenRouterByokKey test* -AllWorkspaces -WhatIf</code>
/// <para>The cmdlet looks up the credentials, but removes nothing.</para>
/// </example>
/// <example>
/// <summary>Remove credentials without confirmation</summary>
/// <code>
/// Get-OpenRouterByokKey test* -State Disabled |
///     Remove-OpenRouterByokKey -Confirm:$false
/// </code>
/// <para>
/// Use this in runbooks. An id that does not exist causes an error, but the other credentials are still removed.
/// </para>
/// </example>
/// <seealso cref="DisableOpenRouterByokKeyCommand"/>
[Cmdlet(
    VerbsCommon.Remove, "OpenRouterByokKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = NameSet,
    HelpUri = HelpPages.Address + "Remove-OpenRouterByokKey.md")]
[OutputType(typeof(void))]
public sealed class RemoveOpenRouterByokKeyCommand : KeyTargetCommand
{
    private protected override void ProcessIds(IReadOnlyList<string> ids) => RunForEach(
        ids,
        Validate.Id,
        id => ShouldProcess(CurrentSession.Account.ByokKeys.Describe(id), Messages.ActionRemove),
        RemoveAsync);

    private async Task RemoveAsync(string id, PipelineOperation output, CancellationToken cancellationToken)
    {
        await Client.DeleteByokKeyAsync(id, output, cancellationToken).ConfigureAwait(false);
        CurrentSession.Account.ByokKeys.Remove(id);
    }
}
