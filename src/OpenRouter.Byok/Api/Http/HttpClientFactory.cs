using System;
using System.Net;
using System.Net.Http;
#if !NET
using System.Net.Security;
#endif
using System.Security.Authentication;

namespace OpenRouter.Byok.Api.Http;

/// <summary>Makes the HTTP client of one session. It holds no key, follows no redirect and keeps no cookie.</summary>
internal static class HttpClientFactory
{
    // Above the 64 requests in flight that -ThrottleLimit allows.
    private const int MaximumConnections = 128;

    /// <param name="baseUri">The address that requests go to.</param>
    /// <param name="proxy">The proxy to go through, in place of the system's; never for plain http.</param>
    /// <param name="proxyCredential">For that proxy alone.</param>
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
            // Without one of its own, one that a script has set for the whole process would decide.
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
        // The .NET Framework would wait for the server's consent before it sends a body.
        client.DefaultRequestHeaders.ExpectContinue = false;
        client.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        client.DefaultRequestHeaders.UserAgent.ParseAdd(
            "OpenRouter.Byok/" + typeof(HttpClientFactory).Assembly.GetName().Version!.ToString(3));
        return client;
    }
}
