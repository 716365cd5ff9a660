using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Account;

/// <summary>The slugs of the providers that OpenRouter took credentials for in November 2026. It adds others.</summary>
internal static class KnownProviders
{
    public static IReadOnlyCollection<string> Slugs { get; } = new HashSet<string>
    {
        "ai21", "aion-labs", "akashml", "alibaba", "amazon-bedrock", "amazon-bedrock/claude-on-aws", "amazon-nova",
        "ambient", "anthropic", "anthropic/2", "arcee-ai", "assemblyai", "atlas-cloud", "avian", "azure", "baidu",
        "baseten", "black-forest-labs", "byteplus", "cerebras", "chutes", "cirrascale", "clarifai",
        "claude-on-aws", "cloudflare", "cohere", "coreweave", "cosine", "crusoe", "darkbloom", "databricks",
        "decart", "deepgram", "deepinfra", "deepseek", "dekallm", "digitalocean", "featherless", "fireworks",
        "fish-audio", "friendli", "gmicloud", "google-ai-studio", "google-vertex", "groq", "heygen", "inception",
        "inceptron", "inferact-vllm", "inference-net", "infermatic", "inflection", "io-net", "ionstream", "krea",
        "liquid", "makora", "mancer", "mara", "meta", "minimax", "mistral", "modal", "modelrun", "modular",
        "moonshotai", "morph", "near-ai", "nebius", "nex-agi", "nextbit", "novita", "nvidia", "ollama",
        "open-inference", "openai", "parasail", "perceptron", "perplexity", "phala", "poolside", "primeintellect",
        "quiver", "recraft", "reka", "relace", "runway", "sail-research", "sakana", "sakana-ai", "sambanova",
        "seed", "siliconflow", "sourceful", "stepfun", "streamlake", "switchpoint", "tencent", "tenstorrent",
        "thinkingmachines", "together", "typesafe", "unbiased", "upstage", "venice", "voyageai", "wafer", "wandb",
        "wandb-legacy", "xai", "xiaomi", "z-ai",
    };

    public static bool Contain(string slug) => Slugs.Contains(slug);

    private static readonly HashSet<string> WithRegionalKeys = new(EligibilityRules.Providers)
    {
        "amazon-bedrock", "azure", "fireworks", "openai",
    };

    /// <summary>Whether keys of the provider are for one region, so that other regions refuse them.</summary>
    public static bool HasRegionalKeys(string slug) => WithRegionalKeys.Contains(slug);

    /// <summary>What to say of a provider that is not among those that the account knows.</summary>
    public static string Warning(string slug, IEnumerable<string> ofAccount) =>
        ClosestText.Of(slug, Slugs.Concat(ofAccount)) is { } nearest
            ? Messages.Format(Messages.ProviderNotListedNearest, slug, nearest)
            : Messages.Format(Messages.ProviderNotListed, slug);
}
