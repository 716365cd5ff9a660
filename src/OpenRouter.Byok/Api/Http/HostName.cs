using System;
using System.Globalization;

namespace OpenRouter.Byok.Api.Http;

/// <summary>Hosts as they are shown: in ASCII, so that a name which only looks like another is seen.</summary>
internal static class HostName
{
    /// <summary>The host of an address; null when it is none that can be looked up.</summary>
    public static string? InAscii(Uri address)
    {
        try
        {
            return address.HostNameType == UriHostNameType.Dns ? address.IdnHost : address.Host;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>Host and port, without the port that goes without saying.</summary>
    public static string WithPort(Uri address)
    {
        var host = InAscii(address) ?? "?";
        return address.IsDefaultPort ? host : host + ":" + address.Port.ToString(CultureInfo.InvariantCulture);
    }
}
