using System.Text.RegularExpressions;

namespace OpenRouter.Sandbox.Server;

internal static partial class Patterns
{
    /// <summary>The set of slugs is open, their shape is not: lowercase, perhaps with slashes inside.</summary>
    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*\z")]
    public static partial Regex ProviderSlug();

    [GeneratedRegex(@"^[a-f0-9]{64}\z")]
    public static partial Regex ApiKeyHash();

    /// <summary>The end of a secret that tells how the provider answers it.</summary>
    [GeneratedRegex(@"-(revoked|outofquota|forbidden|ratelimited|failing|slow)\s*\z")]
    public static partial Regex TellingKey();

    /// <summary>The end of a secret that the provider knows in one region only.</summary>
    [GeneratedRegex(@"-region-([a-z0-9-]+)\s*\z")]
    public static partial Regex RegionalKey();
}
