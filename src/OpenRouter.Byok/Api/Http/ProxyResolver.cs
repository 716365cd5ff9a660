using System;
using System.Net;
#if NET
using System.Net.Http;
#endif

namespace OpenRouter.Byok.Api.Http;

/// <summary>Which proxy stands between here and an address.</summary>
internal static class ProxyResolver
{
    /// <summary>Whether requests to the address may go through a proxy at all.</summary>
    /// <remarks>Plain http is for this machine itself: a proxy would get the key in the clear.</remarks>
    public static bool IsAllowedFor(Uri address) => address.Scheme == Uri.UriSchemeHttps;

    /// <summary>The proxy that was given, else the system's for this address, else null.</summary>
    public static Uri? For(Uri address, Uri? given)
    {
        if (!IsAllowedFor(address))
        {
            return null;
        }

        if (given is not null)
        {
            return given;
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
