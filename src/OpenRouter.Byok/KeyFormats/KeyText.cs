using System;
using System.Collections.Generic;
using System.Security;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.KeyFormats;

/// <summary>Makes the text that a provider's key must be, where it is JSON.</summary>
internal static class KeyText
{
    /// <summary>The key for azure: an array, even of one entry.</summary>
    /// <exception cref="OpenRouterException">The text is too long for a SecureString.</exception>
    public static SecureString Azure(IEnumerable<IAzureEntry> entries)
    {
        using var json = new KeyJson();
        json.Begin('[');
        foreach (var entry in entries)
        {
            json.Begin('{');
            entry.Write(json);
            json.End('}');
        }

        json.End(']');
        return json.ToSecureString();
    }

    public static SecureString AmazonBedrock(SecureString accessKeyId, SecureString secretAccessKey, string region) =>
        Object(json =>
        {
            json.Field("accessKeyId", accessKeyId);
            json.Field("secretAccessKey", secretAccessKey);
            json.Field("region", region.Trim());
        });

    /// <summary>The key of an account of openai or fireworks that belongs to a region.</summary>
    public static SecureString Regional(SecureString apiKey, string region) => Object(json =>
    {
        json.Field("api_key", apiKey);
        json.Field("region", region.Trim());
    });

    private static SecureString Object(Action<KeyJson> writeFields)
    {
        using var json = new KeyJson();
        json.Begin('{');
        writeFields(json);
        json.End('}');
        return json.ToSecureString();
    }
}
