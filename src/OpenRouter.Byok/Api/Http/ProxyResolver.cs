using System;
using System.Net;
#if NET
using System.Net.Http;
#endif

namespace OpenRouter.Byok.Api.Http;

/// <summary>Finds the proxy for an address.</summary>
internal static class ProxyResolver
{
    /// <summary>Whether requests to the address may go through a proxy at all.</summary>
    /// <remarks>Plain http is accepted only for this computer: a proxy would receive the key unencrypted.</remarks>
    public static bool IsAllowedFor(Uri address) => address.Scheme == Uri.UriSchemeHttps;

    /// <summary>The specified proxy, otherwise the system proxy for this address, otherwise null.</summary>
    public static Uri? For(Uri address, Uri? specified)
    {
        if (!IsAllowedFor(address))
        {
            return null;
        }

        if (specified is not null)
        {
            return specified;
        }

        return SystemProxy is not { } proxy || proxy.IsBypassed(address) || proxy.GetProxy(address) is not { } found
            || found == address ? null : found;
    }

#if NET
    private static IWebProxy? SystemProxy => HttpClient.DefaultProxy;
#else
    private static IWebProxy? SystemProxy => WebRequest.DefaultWebProxy;
#endif
}
