using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace OpenRouter.Byok.Api.Json;

/// <summary>A model in a response.</summary>
internal sealed record ModelEntry
{
    public string? Id { get; init; }

    public string? CanonicalSlug { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public long? Created { get; init; }

    public long? ContextLength { get; init; }

    public ModelArchitectureEntry? Architecture { get; init; }

    public ModelPricingEntry? Pricing { get; init; }

    public ModelTopProviderEntry? TopProvider { get; init; }

    public IReadOnlyList<string?>? SupportedParameters { get; init; }

    public string? KnowledgeCutoff { get; init; }

    public string? ExpirationDate { get; init; }

    public static OpenRouterModel Read(ModelEntry entry) => new()
    {
        Id = LookupFields.Required(entry.Id),
        CanonicalSlug = entry.CanonicalSlug,
        Name = entry.Name ?? "",
        Description = entry.Description,
        CreatedAt = entry.Created is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
        ContextLength = entry.ContextLength,
        MaxCompletionTokens = entry.TopProvider?.MaxCompletionTokens,
        Modality = entry.Architecture?.Modality,
        InputModalities = LookupFields.List(entry.Architecture?.InputModalities),
        OutputModalities = LookupFields.List(entry.Architecture?.OutputModalities),
        PromptPrice = Price(entry.Pricing?.Prompt),
        CompletionPrice = Price(entry.Pricing?.Completion),
        RequestPrice = Price(entry.Pricing?.Request),
        ImagePrice = Price(entry.Pricing?.Image),
        SupportedParameters = LookupFields.List(entry.SupportedParameters),
        IsModerated = entry.TopProvider?.IsModerated,
        KnowledgeCutoff = entry.KnowledgeCutoff,
        ExpirationDate = entry.ExpirationDate,
    };

    // The price of a model that selects among models is -1, because it is not known in advance.
    private static decimal? Price(JsonElement? price)
    {
        var text = price?.ValueKind switch
        {
            JsonValueKind.String => price.Value.GetString(),
            JsonValueKind.Number => price.Value.GetRawText(),
            _ => null,
        };
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? value
            : null;
    }
}

internal sealed record ModelArchitectureEntry(
    string? Modality, IReadOnlyList<string?>? InputModalities, IReadOnlyList<string?>? OutputModalities);

internal sealed record ModelPricingEntry(
    JsonElement? Prompt, JsonElement? Completion, JsonElement? Request, JsonElement? Image);

internal sealed record ModelTopProviderEntry(long? MaxCompletionTokens, bool? IsModerated);
