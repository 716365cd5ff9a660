using System;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace OpenRouter.Sandbox.Server;

/// <summary>Tells requests for the sandbox from those that a name of somebody else's has led here.</summary>
/// <remarks>
/// A page in a browser may have its own host name resolve to 127.0.0.1 and then read what is answered there as its own
/// (DNS rebinding). The browser still sends that name.
/// </remarks>
internal static class OwnHost
{
    private const int DefaultPort = 80;

    private static readonly string[] Names = ["localhost", "127.0.0.1", "[::1]"];

    public static bool IsNamedBy(HttpRequest request) =>
        Names.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase)
        && (request.Host.Port ?? DefaultPort) == request.HttpContext.Connection.LocalPort;
}
