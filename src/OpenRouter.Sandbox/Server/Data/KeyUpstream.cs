using System;
using System.Linq;
using System.Text.Json;

namespace OpenRouter.Sandbox.Server;

/// <summary>How a provider answers a raw key: its text alone decides, so nothing else of it has to be kept.</summary>
/// <remarks>
/// <para>
/// The end of a plain key decides, or the end of the secrets inside a key that is JSON: the first of them that does not
/// simply serve. For a service account this is <c>private_key_id</c>, since <c>private_key</c> ends in a PEM footer.
/// </para>
/// <para>
/// The provider knows a key that ends in <c>-region-eu</c>, or in any other name, in this region only. With another
/// region or none, it answers as to a wrong key, and so it does if the key does not have the form that it requires.
/// </para>
/// </remarks>
internal static class KeyUpstream
{
    private static readonly string[] SecretFields = ["api_key", "accessKeyId", "secretAccessKey", "private_key_id"];

    public static SandboxUpstream Of(string provider, string key)
    {
        using var document = KeyJson.Parse(key);
        var json = document?.RootElement;
        if (!HasForm(provider, json))
        {
            return SandboxUpstream.Revoked;
        }

        var secrets = json is { } root ? SecretsIn(root) : [key];
        var region = json is { } regional ? KeyJson.Text(regional, "region") : null;
        return secrets.Select(secret => OfSecret(secret, region))
            .FirstOrDefault(static upstream => upstream != SandboxUpstream.Serves, SandboxUpstream.Serves);
    }

    private static SandboxUpstream OfSecret(string secret, string? region) =>
        Patterns.TellingKey().Match(secret).Groups[1].Value switch
        {
            "revoked" => SandboxUpstream.Revoked,
            "outofquota" => SandboxUpstream.OutOfQuota,
            "forbidden" => SandboxUpstream.Forbidden,
            "ratelimited" => SandboxUpstream.RateLimited,
            "failing" => SandboxUpstream.Failing,
            "slow" => SandboxUpstream.Slow,
            _ when IsOfAnotherRegion(secret, region) => SandboxUpstream.Revoked,
            _ => SandboxUpstream.Serves,
        };

    private static bool IsOfAnotherRegion(string secret, string? region) =>
        Patterns.RegionalKey().Match(secret) is { Success: true } match && match.Groups[1].Value != region;

    private static bool HasForm(string provider, JsonElement? json) => (provider, json) switch
    {
        ("azure", { ValueKind: JsonValueKind.Array } array) =>
            array.GetArrayLength() > 0 && array.EnumerateArray().All(IsAzureEntry),
        ("azure", _) => false,
        ("google-vertex", { } account) => HasTexts(account, "private_key", "client_email"),
        ("google-vertex", null) => false,
        ("amazon-bedrock", { } pair) => HasTexts(pair, "accessKeyId", "secretAccessKey", "region"),
        _ => true,
    };

    private static bool IsAzureEntry(JsonElement entry) => HasTexts(entry, "api_key", "resource_name")
        || HasTexts(entry, "api_key", "model_slug", "endpoint_url", "model_id");

    private static bool HasTexts(JsonElement json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (string.IsNullOrEmpty(KeyJson.Text(json, name)))
            {
                return false;
            }
        }

        return true;
    }

    private static string[] SecretsIn(JsonElement json) => json.ValueKind == JsonValueKind.Array
        ? [.. json.EnumerateArray().SelectMany(SecretsIn)]
        : [.. SecretFields.Select(name => KeyJson.Text(json, name)).OfType<string>()];
}
