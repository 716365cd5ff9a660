using System;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;

namespace OpenRouter.Byok.Api;

/// <summary>Makes the HTTP client of one session. It holds no key, follows no redirect and keeps no cookie.</summary>
internal static class HttpClientFactory
{
    // Above the 64 requests in flight that -ThrottleLimit allows.
    private const int MostConnections = 128;

    public static HttpClient Create(Uri? proxy, NetworkCredential? proxyCredential)
    {
        var webProxy = proxy is null ? null : new WebProxy(proxy) { Credentials = proxyCredential };
#if NET
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            MaxConnectionsPerServer = MostConnections,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        };
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        if (webProxy is not null) handler.Proxy = webProxy;
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
            MaxConnectionsPerServer = MostConnections,
            SslProtocols = SslProtocols.Tls12,
            UseCookies = false,
        };
        if (webProxy is not null) handler.Proxy = webProxy;
        var client = new HttpClient(handler);
#endif
        client.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        client.DefaultRequestHeaders.UserAgent.ParseAdd(
            "OpenRouter.Byok/" + typeof(HttpClientFactory).Assembly.GetName().Version!.ToString(3));
        return client;
    }
}
