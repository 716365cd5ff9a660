using System;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>Which addresses a management key may be sent to.</summary>
internal static class BaseAddress
{
    public static readonly Uri Default = new("https://openrouter.ai/api/v1");

    /// <exception cref="OpenRouterException">The address is relative, not https, or carries credentials.</exception>
    public static Uri Check(Uri address)
    {
        if (!address.IsAbsoluteUri) throw Unsafe(Messages.AddressRelative, address.OriginalString);
        // What stands before the @ may be a password, so the address is not repeated.
        if (address.UserInfo.Length > 0) throw Unsafe(Messages.AddressWithCredentials, address.Host);
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw Unsafe(Messages.AddressNotHttps, address.GetLeftPart(UriPartial.Path));
        }

        if (address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw Unsafe(Messages.AddressWithQuery, address.GetLeftPart(UriPartial.Path));
        }

        return address;
    }

    /// <exception cref="OpenRouterException">It is no address of a proxy, or carries credentials.</exception>
    public static Uri CheckProxy(Uri proxy)
    {
        if (!proxy.IsAbsoluteUri) throw Unsafe(Messages.AddressRelative, proxy.OriginalString);
        return proxy.UserInfo.Length == 0 ? proxy : throw Unsafe(Messages.ProxyWithCredentials, proxy.Host);
    }

    /// <summary>Whether the address is OpenRouter's own, be it a regional one.</summary>
    public static bool IsOpenRouter(Uri address) =>
        address.Host.Equals("openrouter.ai", StringComparison.OrdinalIgnoreCase)
        || address.Host.EndsWith(".openrouter.ai", StringComparison.OrdinalIgnoreCase);

    private static OpenRouterException Unsafe(string format, string address) =>
        new(ErrorReason.UnsafeAddress, format, address);
}
