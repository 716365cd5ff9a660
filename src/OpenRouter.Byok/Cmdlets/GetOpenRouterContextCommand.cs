using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Session;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Gets the session that the cmdlets use: address, key label, and workspace. The key is never shown.</summary>
/// <remarks>
/// <para>
/// The cmdlet outputs the session that Connect-OpenRouter created or, if there is none, the session that the
/// environment variables define. If there is neither, it outputs nothing. Nothing is sent.
/// </para>
/// </remarks>
/// <example>
/// <summary>Check the session before you change something</summary>
/// <code>Get-OpenRouterContext</code>
/// <para>KeySource shows where the key came from.</para>
/// </example>
/// <example>
/// <summary>Connect only if there is no session</summary>
/// <code>if (-not (Get-OpenRouterContext)) { Connect-OpenRouter }</code>
/// <para>Use this at the beginning of a script that is also run interactively.</para>
/// </example>
/// <seealso cref="ConnectOpenRouterCommand"/>
[Cmdlet(
    VerbsCommon.Get, "OpenRouterContext",
    HelpUri = HelpPages.Address + "Get-OpenRouterContext.md")]
[OutputType(typeof(OpenRouterSession))]
public sealed class GetOpenRouterContextCommand : OpenRouterCommand
{
    /// <summary>The session to show, instead of the session of this runspace.</summary>
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
