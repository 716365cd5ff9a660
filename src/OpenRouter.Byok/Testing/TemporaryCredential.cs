using System;

namespace OpenRouter.Byok.Testing;

/// <summary>
/// The name of a credential that exists only while a key is tested, and how one is recognized that an interrupted test
/// left behind.
/// </summary>
internal static class TemporaryCredential
{
    private const string Prefix = "OpenRouter.Byok test ";

    // Longer than a test takes with all its retries.
    private static readonly TimeSpan MaximumAge = TimeSpan.FromMinutes(15);

    public static string NewName() => Prefix + Guid.NewGuid().ToString("D");

    public static bool IsOne(ByokKey key) =>
        key.Name is { } name
        && name.StartsWith(Prefix, StringComparison.Ordinal)
        && Guid.TryParseExact(name.Substring(Prefix.Length), "D", out _);

    /// <summary>Whether it is so old that its test cannot be running anymore.</summary>
    /// <param name="key">The credential.</param>
    /// <param name="now">The time by the clock of the server.</param>
    public static bool IsLeftOver(ByokKey key, DateTimeOffset now) => IsOne(key) && now - key.CreatedAt > MaximumAge;
}
