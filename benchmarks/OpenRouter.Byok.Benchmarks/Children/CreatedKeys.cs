using System.Globalization;

namespace OpenRouter.Byok.Benchmarks.Children;

/// <summary>What the contenders create: the same for all of them, over four providers in turn.</summary>
internal static class CreatedKeys
{
    private static readonly string[] Providers = ["openai", "anthropic", "mistral", "groq"];

    public static string Provider(int number) => Providers[number % Providers.Length];

    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"Created {number}");

    public static string Secret(int number) => string.Create(CultureInfo.InvariantCulture, $"sk-benchmark-{number:D8}");
}
