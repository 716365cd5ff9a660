using System.Text.RegularExpressions;

namespace OpenRouter.Sandbox.Server;

internal static partial class Patterns
{
    /// <summary>The set of slugs is open, their shape is not: lowercase, perhaps with slashes inside.</summary>
    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*\z")]
    public static partial Regex ProviderSlug();

    [GeneratedRegex(@"^[a-f0-9]{64}\z")]
    public static partial Regex ApiKeyHash();

    /// <summary>The end of a plain key, or of any text inside a key that is JSON.</summary>
    [GeneratedRegex(@"-(revoked|forbidden|ratelimited)(""|\s*\z)")]
    public static partial Regex FailingKey();
}
