using System;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace OpenRouter.Sandbox.Server;

internal enum Access
{
    Open,
    AnyKey,
    InferenceKey,
    ManagementKey,
}

/// <summary>Tells who calls, and refuses who may not.</summary>
internal sealed class Authentication(SandboxStore store, string managementKey, TimeProvider clock)
{
    private const string Scheme = "Bearer ";

    /// <summary>The API key that the caller holds; null for the management key, and where no key is needed.</summary>
    public ApiKey? Check(HttpRequest request, Access access)
    {
        if (access == Access.Open)
        {
            return null;
        }

        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length == Scheme.Length)
        {
            throw new ApiException(401, "Missing Authentication header");
        }

        var secret = header[Scheme.Length..];
        if (secret == managementKey)
        {
            // The live API says "User not found." and leaves the reader to guess.
            return access == Access.InferenceKey
                ? throw new ApiException(401, "User not found. A management key cannot be used for inference")
                : null;
        }

        var key = LiveKey(secret);
        return access == Access.ManagementKey
            ? throw new ApiException(403, "Only management keys can perform this operation")
            : key;
    }

    private ApiKey LiveKey(string secret)
    {
        var hash = SeededIds.Hash(secret);
        var key = store.ApiKeys.FirstOrDefault(key => key.Hash == hash)
            ?? throw new ApiException(401, "Invalid API key");
        if (key.Disabled)
        {
            throw new ApiException(401, "This API key is disabled");
        }

        return key.ExpiresAt <= clock.GetUtcNow().UtcDateTime
            ? throw new ApiException(401, "This API key has expired")
            : key;
    }
}
