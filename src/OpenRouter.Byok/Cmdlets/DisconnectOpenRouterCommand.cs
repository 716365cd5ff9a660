using System.Management.Automation;
using OpenRouter.Byok.Cmdlets.Base;
using OpenRouter.Byok.Session;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>Ends the connection to OpenRouter and wipes the management key from memory.</summary>
/// <remarks>
/// <para>
/// Afterwards a cmdlet needs Connect-OpenRouter again, or the environment variables. Without a connection it does
/// nothing. It does not touch the environment variables.
/// </para>
/// </remarks>
/// <example>
/// <summary>Disconnect</summary>
/// <code>Disconnect-OpenRouter</code>
/// <para>What another runspace sends, reads or waits for in this session fails at once.</para>
/// </example>
/// <example>
/// <summary>End one of several sessions</summary>
/// <code>Disconnect-OpenRouter -Session $a</code>
/// <para>$a came from Connect-OpenRouter -PassThru.</para>
/// </example>
/// <seealso cref="ConnectOpenRouterCommand"/>
[Cmdlet(VerbsCommunications.Disconnect, "OpenRouter")]
[OutputType(typeof(void))]
public sealed class DisconnectOpenRouterCommand : OpenRouterCommand
{
    /// <summary>The session to end, in place of the one of this runspace.</summary>
    [Parameter]
    [ValidateNotNull]
    public OpenRouterSession? Session { get; set; }

    private protected override void Process()
    {
        if (Session is null || Session == SessionTable.Connected) SessionTable.Clear();
        else Session.Dispose();
    }
}
