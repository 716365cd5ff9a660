using System;
using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Sandbox.Server;

/// <summary>Use of one endpoint by one API key on one day; day 1 is yesterday.</summary>
internal sealed record ActivityFact(
    int DaysAgo,
    Model Model,
    Provider Provider,
    ApiKey Key,
    int Requests,
    int PromptTokens,
    int CompletionTokens,
    int ReasoningTokens,
    decimal Usage,
    decimal ByokUsage);

/// <summary>Thirty days of figures counted back from yesterday, so that their sums are the same on every day.</summary>
internal static class SampleActivity
{
    public const int Days = 30;

    /// <summary>Until then, another API key did what the one for the support desk does now.</summary>
    private const int DaysSinceSupport = 24;

    private static readonly (string Model, string Provider, decimal ByokShare)[] Endpoints =
    [
        ("openai/gpt-5", "openai", 1m),
        ("openai/gpt-5-mini", "openai", 0.75m),
        ("openai/gpt-5-mini", "azure", 1m),
        ("anthropic/claude-sonnet-4.5", "anthropic", 1m),
        ("anthropic/claude-sonnet-4.5", "amazon-bedrock", 0.5m),
        ("google/gemini-2.5-flash", "google-vertex", 1m),
        ("meta-llama/llama-3.3-70b-instruct", "groq", 0m),
        ("deepseek/deepseek-chat-v3.1", "together", 0m),
    ];

    public static readonly IReadOnlyList<ActivityFact> Facts =
    [
        .. from day in Enumerable.Range(1, Days)
           from endpoint in Endpoints
           from key in SampleAccount.ApiKeys
           where !key.Disabled && key != SampleAccount.CredentialTests
           let fact = Of(day, endpoint, key)
           where fact.Requests > 0
           select fact,
    ];

    private static ActivityFact Of(int day, (string Model, string Provider, decimal ByokShare) endpoint, ApiKey key)
    {
        var dice = SeededIds.Of($"activity {day} {endpoint.Model} {endpoint.Provider} {key.Name}").ToByteArray();
        var model = SampleCatalog.Models.Single(model => model.Id == endpoint.Model);
        var requests = dice[0] % 3 == 0 ? 0 : 1 + dice[1] % 40;
        var prompt = requests * (400 + 8 * dice[2]);
        var completion = requests * (120 + 3 * dice[3]);
        var price = prompt * Money.Parse(model.Pricing.Prompt) + completion * Money.Parse(model.Pricing.Completion);
        var byok = Math.Round(price * endpoint.ByokShare, 6);
        return new ActivityFact(
            day,
            model,
            SampleCatalog.Providers.Single(provider => provider.Slug == endpoint.Provider),
            key == SampleAccount.Support && day > DaysSinceSupport ? SampleAccount.Deleted : key,
            requests,
            prompt,
            completion,
            completion / 5,
            Math.Round(price * (1 - endpoint.ByokShare) + byok * Money.ByokFee, 6),
            byok);
    }
}
