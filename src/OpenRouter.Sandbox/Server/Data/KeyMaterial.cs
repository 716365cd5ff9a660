using System.Linq;
using System.Text.Json;

namespace OpenRouter.Sandbox.Server;

/// <summary>The three things that are ever derived from a raw key.</summary>
internal static class KeyMaterial
{
    private const int ShownAtStart = 3;
    private const int ShownAtEnd = 4;
    private const int LongEnough = 10;
    private const int LongEnoughForTwo = 6;

    /// <summary>Such as <c>sk-...AbCd</c>; a key too short to spare seven characters shows two, or none.</summary>
    public static string Label(string key)
    {
        // What is not printable would garble a table, and half a surrogate pair is not valid text.
        var shown = string.Concat(key.Where(c => !char.IsWhiteSpace(c)).Select(c => c is > ' ' and < '\x7f' ? c : '*'));
        return shown.Length switch
        {
            >= LongEnough => $"{shown[..ShownAtStart]}...{shown[^ShownAtEnd..]}",
            >= LongEnoughForTwo => $"...{shown[^2..]}",
            _ => "...",
        };
    }

    /// <summary>Keys that end in <c>-revoked</c>, <c>-forbidden</c> or <c>-ratelimited</c> fail so.</summary>
    public static SandboxUpstream Upstream(string key) => Patterns.FailingKey().Match(key).Groups[1].Value switch
    {
        "revoked" => SandboxUpstream.Revoked,
        "forbidden" => SandboxUpstream.Forbidden,
        "ratelimited" => SandboxUpstream.RateLimited,
        _ => SandboxUpstream.Serves,
    };

    /// <summary>The region inside a regional key, <c>{"api_key":…,"region":…}</c>; null in any other key.</summary>
    public static string? Region(string key)
    {
        if (!key.TrimStart().StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(key);
            return document.RootElement.TryGetProperty("region", out var region)
                && region.ValueKind == JsonValueKind.String
                    ? region.GetString() switch { "eu" => "europe", var name => name }
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
