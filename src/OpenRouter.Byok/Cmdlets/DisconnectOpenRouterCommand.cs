using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Session;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Ends a session with OpenRouter and erases its management key from memory.</summary>
/// <remarks>
/// <para>
/// After this, the cmdlets need a new session from Connect-OpenRouter, or the environment variables. If there is no
/// session, the cmdlet does nothing. It does not change the environment variables.
/// </para>
/// </remarks>
/// <example>
/// <summary>Disconnect</summary>
/// <code>Disconnect-OpenRouter</code>
/// <para>Requests and waits of this session in other runspaces fail immediately.</para>
/// </example>
/// <example>
/// <summary>End one of several sessions</summary>
/// <code>Disconnect-OpenRouter -Session $a</code>
/// <para>The session in $a was created by Connect-OpenRouter -PassThru.</para>
/// </example>
/// <seealso cref="ConnectOpenRouterCommand"/>
[Cmdlet(
    VerbsCommunications.Disconnect, "OpenRouter",
    HelpUri = HelpPages.Address + "Disconnect-OpenRouter.md")]
[OutputType(typeof(void))]
public sealed class DisconnectOpenRouterCommand : OpenRouterCommand
{
    /// <summary>The session to end, instead of the session of this runspace.</summary>
    [Parameter]
    [ValidateNotNull]
    public OpenRouterSession? Session { get; set; }

    private protected override void Process()
    {
        if (Session is null || Session == SessionTable.Connected)
        {
            SessionTable.Clear();
        }
        else
        {
            Session.Dispose();
        }
    }
}
