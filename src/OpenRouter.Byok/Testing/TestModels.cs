using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>The models of one provider with the prices of a test request, to choose the cheapest.</summary>
internal sealed class TestModels(IEnumerable<OpenRouterModel> models)
{
    private readonly List<PricedModel> pricedModels =
    [
        .. from model in models
           let cost = CostOf(model)
           where cost is not null
           orderby cost == 0, cost, model.Id
           select new PricedModel(model.Id, cost.Value, SupportsText(model)),
    ];

    /// <summary>The cost in USD of a test request to the model; null when its price is not known.</summary>
    public decimal? CostOf(string model) =>
        pricedModels.Find(priced => EligibilityRules.Models.Equals(priced.Model, model))?.Cost;

    /// <summary>
    /// The cheapest allowed model for text. Free ones come last, since they may not run on the account's own
    /// credentials. Where no price is known, the first model that is allowed.
    /// </summary>
    public string? Cheapest(IReadOnlyCollection<string>? allowed) =>
        pricedModels.Find(priced =>
            priced.IsText && (allowed is null || allowed.Contains(priced.Model, EligibilityRules.Models)))?.Model
        ?? allowed?.FirstOrDefault();

    private static decimal? CostOf(OpenRouterModel model) =>
        (model.PromptPrice * CredentialTestRequest.PromptTokens) + model.CompletionPrice + (model.RequestPrice ?? 0);

    private static bool SupportsText(OpenRouterModel model) =>
        model.InputModalities?.Contains("text") is not false && model.OutputModalities?.Contains("text") is not false;

    private sealed record PricedModel(string Model, decimal Cost, bool IsText);
}
