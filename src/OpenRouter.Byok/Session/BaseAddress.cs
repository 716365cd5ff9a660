using System;
using System.Linq;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Session;

/// <summary>Which addresses a management key may be sent to, and through which proxy.</summary>
/// <remarks>
/// What is wrong is told by the name of the parameter or variable that held the address and never by the address: it
/// may hold a password, or be a key that was put there by mistake.
/// </remarks>
internal static class BaseAddress
{
    public static readonly Uri Default = new("https://openrouter.ai/api/v1");

    /// <summary>Stands for what is no address, of which nothing is kept.</summary>
    public static readonly Uri None = new("", UriKind.Relative);

#if NET
    private static readonly string[] ProxySchemes = ["http", "https", "socks4", "socks4a", "socks5"];
#else
    private static readonly string[] ProxySchemes = ["http"];
#endif

    /// <summary>The address that a text is.</summary>
    public static Uri Read(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) ? address : None;

    /// <summary>The address with its host in ASCII, so that one that only looks like another is seen.</summary>
    /// <param name="address">The address of the API.</param>
    /// <param name="source">The parameter or variable that holds it.</param>
    /// <exception cref="OpenRouterException">The address is relative, not https, or carries credentials.</exception>
    public static Uri Check(Uri address, string source)
    {
        if (!address.IsAbsoluteUri)
        {
            throw Unsafe(Messages.AddressRelative, source);
        }

        if (address.UserInfo.Length > 0)
        {
            throw Unsafe(Messages.AddressWithCredentials, source);
        }

        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw Unsafe(Messages.AddressNotHttps, source);
        }

        if (address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw Unsafe(Messages.AddressWithQuery, source);
        }

        return InAscii(address) ?? throw Unsafe(Messages.AddressRelative, source);
    }

    /// <summary>The address of the proxy with its host in ASCII.</summary>
    /// <param name="proxy">The address of the proxy.</param>
    /// <param name="source">The parameter that holds it.</param>
    /// <param name="baseUri">The address that requests go to.</param>
    /// <exception cref="OpenRouterException">It is no address of a proxy, or carries credentials.</exception>
    public static Uri CheckProxy(Uri proxy, string source, Uri baseUri)
    {
        if (!proxy.IsAbsoluteUri || !ProxySchemes.Contains(proxy.Scheme) || proxy.Host.Length == 0 || HasPath(proxy))
        {
            throw UnsafeProxy(Messages.Format(
                Messages.ProxyScheme, source, string.Join(", ", ProxySchemes.Select(scheme => scheme + "://"))));
        }

        if (proxy.UserInfo.Length > 0)
        {
            throw UnsafeProxy(Messages.Format(Messages.ProxyWithCredentials, source));
        }

        if (!ProxyResolver.IsAllowedFor(baseUri))
        {
            throw Unsafe(Messages.ProxyForHttp, source);
        }

        return InAscii(proxy) ?? throw UnsafeProxy(Messages.Format(Messages.AddressRelative, source));
    }

    /// <summary>Whether the address is OpenRouter's own, be it a regional one.</summary>
    public static bool IsOpenRouter(Uri address) =>
        address.Host.Equals("openrouter.ai", StringComparison.OrdinalIgnoreCase)
        || address.Host.EndsWith(".openrouter.ai", StringComparison.OrdinalIgnoreCase);

    private static bool HasPath(Uri address) => address.PathAndQuery is not ("" or "/") || address.Fragment.Length > 0;

    private static Uri? InAscii(Uri address)
    {
        if (HostName.InAscii(address) is not { } host)
        {
            return null;
        }

        return host == address.Host ? address : new UriBuilder(address) { Host = host }.Uri;
    }

    private static OpenRouterException Unsafe(string format, string source) =>
        new(ErrorReason.UnsafeAddress, format, source);

    private static OpenRouterException UnsafeProxy(string message) =>
        new(ErrorReason.UnsafeAddress, message) { Advice = Messages.AdviceProxyAddress };
}
