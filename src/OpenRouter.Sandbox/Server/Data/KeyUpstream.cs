using System;
using System.Linq;
using System.Text.Json;

namespace OpenRouter.Sandbox.Server;

/// <summary>How a provider answers a raw key: its text alone decides, so nothing else of it has to be kept.</summary>
/// <remarks>
/// <para>
/// The end of a plain key decides, or that of a secret inside a key that is JSON. Of a service account this is
/// <c>private_key_id</c>, since <c>private_key</c> ends in the footer of a PEM file. Of several secrets the first that
/// ends so decides.
/// </para>
/// <para>
/// <c>-region-eu</c>, or any other name, is a key that the provider knows in this region only: elsewhere, and for a key
/// without a region, it answers as to a wrong key. So it does to a key that has not the form that it requires.
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
