using System;
using System.Globalization;

namespace OpenRouter.Byok.Api.Http;

/// <summary>Formats host names in ASCII, so that a name that only looks like another one is recognizable.</summary>
internal static class HostName
{
    /// <summary>The host of an address; null if it is not a valid host name.</summary>
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

    /// <summary>The host and the port; the default port is omitted.</summary>
    public static string WithPort(Uri address)
    {
        var host = InAscii(address) ?? "?";
        return address.IsDefaultPort ? host : host + ":" + address.Port.ToString(CultureInfo.InvariantCulture);
    }
}
