using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Cmdlets.Binding;
using OpenRouter.Byok.Cmdlets.Pipeline;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Removes provider credentials; OpenRouter wipes their keys.</summary>
/// <remarks>
/// <para>
/// A removed credential cannot be brought back. It asks before each one; unattended runbooks say -Confirm:$false. To
/// take a credential out of use for a while, Disable-OpenRouterByokKey is the better choice.
/// </para>
/// </remarks>
/// <example>
/// <summary>Remove one</summary>
/// <code>Remove-OpenRouterByokKey 'Old laptop' -Provider openai</code>
/// <para>It asks first. If no credential has the name, or several have, it is an error and nothing is removed.</para>
/// </example>
/// <example>
/// <summary>See what would be removed</summary>
/// <code>Remove-OpenRouterByokKey test* -AllWorkspaces -WhatIf</code>
/// <para>The credentials are looked up; nothing is removed.</para>
/// </example>
/// <example>
/// <summary>Remove without being asked</summary>
/// <code>
/// Get-OpenRouterByokKey test* -State Disabled |
///     Remove-OpenRouterByokKey -Confirm:$false
/// </code>
/// <para>For runbooks. An id that does not exist is an error, and the others are removed all the same.</para>
/// </example>
/// <seealso cref="DisableOpenRouterByokKeyCommand"/>
[Cmdlet(
    VerbsCommon.Remove, "OpenRouterByokKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = NameSet)]
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
