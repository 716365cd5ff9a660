using System;
using System.Net;
using System.Net.Http;
#if !NET
using System.Net.Security;
#endif
using System.Security.Authentication;

namespace OpenRouter.Byok.Api.Http;

/// <summary>
/// Creates the HTTP client of a session. The client holds no key, follows no redirects, and keeps no cookies.
/// </summary>
internal static class HttpClientFactory
{
    // More than the 64 concurrent requests that -ThrottleLimit allows.
    private const int MaximumConnections = 128;

    /// <param name="baseUri">The address that requests go to.</param>
    /// <param name="proxy">The proxy to use instead of the system proxy; not used for plain http.</param>
    /// <param name="proxyCredential">The credential for that proxy.</param>
    public static HttpClient Create(Uri baseUri, Uri? proxy, NetworkCredential? proxyCredential)
    {
        var mayUseProxy = ProxyResolver.IsAllowedFor(baseUri);
        var webProxy = proxy is null ? null : new WebProxy(proxy) { Credentials = proxyCredential };
#if NET
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            MaxConnectionsPerServer = MaximumConnections,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = mayUseProxy,
        };
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        if (mayUseProxy && webProxy is not null)
        {
            handler.Proxy = webProxy;
        }

        var client = new HttpClient(handler)
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
#else
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = MaximumConnections,
            // Without a callback of its own, the client would use the one that a script set for the whole process.
            ServerCertificateCustomValidationCallback = static (_, _, _, problems) => problems == SslPolicyErrors.None,
            SslProtocols = SslProtocols.Tls12,
            UseCookies = false,
            UseProxy = mayUseProxy,
        };
        if (mayUseProxy && webProxy is not null)
        {
            handler.Proxy = webProxy;
        }

        var client = new HttpClient(handler);
#endif
        // Otherwise, the .NET Framework waits for 100 Continue before it sends a body.
        client.DefaultRequestHeaders.ExpectContinue = false;
        client.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        client.DefaultRequestHeaders.UserAgent.ParseAdd(
            "OpenRouter.Byok/" + typeof(HttpClientFactory).Assembly.GetName().Version!.ToString(3));
        return client;
    }
}
