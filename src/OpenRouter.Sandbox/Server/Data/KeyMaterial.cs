using System.Linq;

namespace OpenRouter.Sandbox.Server;

/// <summary>What is derived from a raw key and answered; <see cref="KeyUpstream"/> derives the rest.</summary>
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

    /// <summary>The region inside a regional key, <c>{"api_key":…,"region":…}</c>; null in any other key.</summary>
    public static string? Region(string key)
    {
        using var document = KeyJson.Parse(key);
        return document is null
            ? null
            : KeyJson.Text(document.RootElement, "region") switch { "eu" => "europe", var name => name };
    }
}
