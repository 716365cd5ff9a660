using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Session;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Shows whom the cmdlets talk as: address, key label and workspace. The key is never shown.</summary>
/// <remarks>
/// <para>
/// It outputs the session that Connect-OpenRouter made or else the one that the environment variables make, and
/// nothing when there is neither. Nothing is sent.
/// </para>
/// </remarks>
/// <example>
/// <summary>Look before you change something</summary>
/// <code>Get-OpenRouterContext</code>
/// <para>KeySource tells where the key came from.</para>
/// </example>
/// <example>
/// <summary>Connect only when that has not been done</summary>
/// <code>if (-not (Get-OpenRouterContext)) { Connect-OpenRouter }</code>
/// <para>For the head of a script that people also run by hand.</para>
/// </example>
/// <seealso cref="ConnectOpenRouterCommand"/>
[Cmdlet(VerbsCommon.Get, "OpenRouterContext")]
[OutputType(typeof(OpenRouterSession))]
public sealed class GetOpenRouterContextCommand : OpenRouterCommand
{
    /// <summary>The session to show, in place of the one of this runspace.</summary>
    [Parameter]
    [ValidateNotNull]
    public OpenRouterSession? Session { get; set; }

    private protected override void Process()
    {
        try
        {
            WriteObject(Session ?? SessionTable.Current);
        }
        catch (OpenRouterException failure) when (failure.Reason == ErrorReason.NoKey)
        {
            WriteVerbose(failure.Message);
        }
    }
}
