using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>
/// Completes provider slugs: those that OpenRouter listed in November 2026, those that it lists now, and those of
/// credentials seen.
/// </summary>
internal sealed class ProviderCompleter : IArgumentCompleter
{
    private static readonly string[] Known =
    [
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
    ];

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var seen = SeenKeys.AtHand(fakeBoundParameters)
            .GroupBy(key => key.Provider)
            .ToDictionary(g => g.Key, g => g.Count());
        var listed = new Dictionary<string, string>();
        foreach (var provider in Account.Providers(fakeBoundParameters)) listed[provider.Slug] = provider.Name;
        var slugs = Known.Union(listed.Keys).Union(seen.Keys);
        return Completions.Of(wordToComplete, slugs.Select(slug => (slug, ToolTip(slug))));

        string ToolTip(string slug) =>
            (listed.TryGetValue(slug, out var name), seen.TryGetValue(slug, out var count)) switch
            {
                (true, true) => Text.Of(Messages.TipProviderNamedSeen, slug, name, count),
                (true, false) => Text.Of(Messages.TipProviderNamed, slug, name),
                (false, true) => Text.Of(Messages.TipProviderSeen, slug, count),
                _ => Text.Of(Messages.TipProvider, slug),
            };
    }
}
