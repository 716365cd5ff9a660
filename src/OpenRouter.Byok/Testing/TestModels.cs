using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Testing;

/// <summary>The models of one provider, to choose the one that costs least to ask.</summary>
internal sealed class TestModels(IEnumerable<OpenRouterModel> models)
{
    private readonly List<Offer> offers =
    [
        .. from model in models
           let cost = CostOf(model)
           where cost is not null
           orderby cost == 0, cost, model.Id
           select new Offer(model.Id, cost.Value, SpeaksText(model)),
    ];

    /// <summary>What a request of the model costs in USD; null when its price is not known.</summary>
    public decimal? CostOf(string model) => offers.Find(offer => EligibilityRules.Models.Equals(offer.Model, model))?.Cost;

    /// <summary>
    /// The cheapest of those that are allowed. One that is given away comes last, since it may run elsewhere than on
    /// the account's own credentials. Without a price, the first that is allowed.
    /// </summary>
    public string? Cheapest(IReadOnlyCollection<string>? allowed) =>
        offers.Find(offer =>
            offer.IsText && (allowed is null || allowed.Contains(offer.Model, EligibilityRules.Models)))?.Model
        ?? allowed?.FirstOrDefault();

    private static decimal? CostOf(OpenRouterModel model) =>
        (model.PromptPrice * CredentialTestRequest.PromptTokens) + model.CompletionPrice + (model.RequestPrice ?? 0);

    private static bool SpeaksText(OpenRouterModel model) =>
        model.InputModalities?.Contains("text") is not false && model.OutputModalities?.Contains("text") is not false;

    private sealed record Offer(string Model, decimal Cost, bool IsText);
}
