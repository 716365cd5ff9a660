using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Asks for a secret without showing it.</summary>
internal static class SecretPrompt
{
    /// <exception cref="OpenRouterException">Nobody is there to be asked.</exception>
    public static SecureString Read(PSHost host, string prompt)
    {
        try
        {
            host.UI.Write(prompt);
            return host.UI.ReadLineAsSecureString();
        }
        catch (Exception exception)
            when (exception is HostException or PSInvalidOperationException or NotImplementedException)
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.NoPrompt);
        }
    }
}
