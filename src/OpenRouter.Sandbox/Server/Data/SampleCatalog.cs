using System;
using System.Collections.Generic;

namespace OpenRouter.Sandbox.Server;

/// <summary>What everybody can look up: providers, and models with the providers that host them.</summary>
internal static class SampleCatalog
{
    private static readonly string[] Everyday =
        ["max_tokens", "response_format", "stop", "temperature", "tool_choice", "tools", "top_p"];

    public static readonly IReadOnlyList<Provider> Providers =
    [
        Host("amazon-bedrock", "Amazon Bedrock", "aws.amazon.com", "US", "US", "DE", "JP"),
        Host("anthropic", "Anthropic", "anthropic.com", "US", "US"),
        Host("azure", "Azure", "azure.microsoft.com", "US", "US", "NL", "SE"),
        Host("cerebras", "Cerebras", "cerebras.ai", "US", "US"),
        Host("cohere", "Cohere", "cohere.com", "CA", "CA", "US"),
        Host("deepinfra", "DeepInfra", "deepinfra.com", "US", "US"),
        Host("deepseek", "DeepSeek", "deepseek.com", "CN", "CN"),
        Host("fireworks", "Fireworks", "fireworks.ai", "US", "US", "DE"),
        Host("google-ai-studio", "Google AI Studio", "ai.google.dev", "US", "US"),
        Host("google-vertex", "Google", "cloud.google.com", "US", "US", "BE", "NL"),
        Host("groq", "Groq", "groq.com", "US", "US", "FI"),
        Host("mistral", "Mistral", "mistral.ai", "FR", "FR", "SE"),
        Host("openai", "OpenAI", "openai.com", "US", "US", "IE"),
        Host("together", "Together", "together.ai", "US", "US"),
        Host("xai", "xAI", "x.ai", "US", "US"),
    ];

    public static readonly IReadOnlyList<Model> Models =
    [
        Chat("anthropic/claude-haiku-4.5", "Anthropic: Claude Haiku 4.5", "20251001", 200_000, "0.000001", "0.000005",
            "anthropic", "amazon-bedrock", "google-vertex"),
        Chat("anthropic/claude-opus-4.1", "Anthropic: Claude Opus 4.1", "20250805", 200_000, "0.000015", "0.000075",
            "anthropic", "amazon-bedrock", "google-vertex"),
        Chat("anthropic/claude-sonnet-4.5", "Anthropic: Claude Sonnet 4.5", "20250929", 1_000_000, "0.000003",
            "0.000015", "anthropic", "amazon-bedrock", "google-vertex"),
        Chat("cohere/command-a", "Cohere: Command A", "03-2025", 256_000, "0.0000025", "0.00001", "cohere"),
        Chat("deepseek/deepseek-chat-v3.1", "DeepSeek: DeepSeek V3.1", "20250821", 163_840, "0.0000002", "0.0000008",
            "deepseek", "deepinfra", "fireworks", "together"),
        Chat("deepseek/deepseek-r1", "DeepSeek: R1", "20250120", 163_840, "0.0000004", "0.000002",
            "deepseek", "azure", "together"),
        Chat("google/gemini-2.5-flash", "Google: Gemini 2.5 Flash", "20250617", 1_048_576, "0.0000003", "0.0000025",
            "google-vertex", "google-ai-studio"),
        Chat("google/gemini-2.5-flash-lite", "Google: Gemini 2.5 Flash Lite", "20250722", 1_048_576, "0.0000001",
            "0.0000004", "google-vertex", "google-ai-studio"),
        Chat("google/gemini-2.5-pro", "Google: Gemini 2.5 Pro", "20250617", 1_048_576, "0.00000125", "0.00001",
            "google-vertex", "google-ai-studio"),
        Chat("meta-llama/llama-3.3-70b-instruct", "Meta: Llama 3.3 70B Instruct", "20241206", 131_072, "0.00000013",
            "0.00000038", "groq", "cerebras", "together", "fireworks", "deepinfra"),
        Chat("meta-llama/llama-4-maverick", "Meta: Llama 4 Maverick", "20250405", 1_048_576, "0.00000015",
            "0.0000006", "groq", "together", "fireworks", "azure"),
        Chat("mistralai/codestral-2508", "Mistral: Codestral 2508", "20250801", 256_000, "0.0000003", "0.0000009",
            "mistral"),
        Chat("mistralai/mistral-medium-3.1", "Mistral: Mistral Medium 3.1", "20250813", 131_072, "0.0000004",
            "0.000002", "mistral"),
        Chat("openai/gpt-4.1", "OpenAI: GPT-4.1", "20250414", 1_047_576, "0.000002", "0.000008", "openai", "azure"),
        Chat("openai/gpt-4o-mini", "OpenAI: GPT-4o-mini", "20240718", 128_000, "0.00000015", "0.0000006",
            "openai", "azure"),
        Chat("openai/gpt-5", "OpenAI: GPT-5", "20250807", 400_000, "0.00000125", "0.00001", "openai", "azure"),
        Chat("openai/gpt-5-mini", "OpenAI: GPT-5 Mini", "20250807", 400_000, "0.00000025", "0.000002",
            "openai", "azure"),
        Chat("openai/gpt-oss-120b", "OpenAI: gpt-oss-120b", "20250805", 131_072, "0.00000005", "0.00000025",
            "groq", "cerebras", "fireworks", "amazon-bedrock"),
        Chat("openai/o4-mini", "OpenAI: o4 Mini", "20250416", 200_000, "0.0000011", "0.0000044", "openai", "azure"),
        Chat("x-ai/grok-4", "xAI: Grok 4", "20250709", 256_000, "0.000003", "0.000015", "xai"),
    ];

    private static Provider Host(string slug, string name, string site, string headquarters, params string[] centers) =>
        new(slug, name, headquarters, centers, new($"https://{site}/privacy"), new($"https://{site}/terms"),
            new($"https://status.{site}"));

    private static Model Chat(
        string id, string name, string release, int context, string prompt, string completion, params string[] hosts) =>
        new()
        {
            Id = id,
            CanonicalSlug = $"{id}-{release}",
            Name = name,
            Created = new DateTimeOffset(2025, 8, 7, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(),
            Description = $"{name}, as the sandbox knows it.",
            ContextLength = context,
            Architecture = new("text->text", ["text"], ["text"], "Other", null),
            Pricing = new(prompt, completion, "0", "0"),
            TopProvider = new(context, 32_768, IsModerated: false),
            SupportedParameters = Everyday,
            Links = new($"/api/v1/models/{id}/endpoints"),
            Hosts = hosts,
        };
}
