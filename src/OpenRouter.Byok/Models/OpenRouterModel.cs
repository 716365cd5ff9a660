using System;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>A model that OpenRouter offers. Prices are in USD.</summary>
/// <remarks>The properties are the API's, in PascalCase: https://openrouter.ai/docs/api-reference/models.</remarks>
public sealed class OpenRouterModel
{
    /// <summary>The id that requests and allow lists use, such as openai/gpt-4o.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>The slug that stays the same if the id is assigned to a newer release.</summary>
    public string? CanonicalSlug { get; internal init; }

    /// <summary>The display name, such as OpenAI: GPT-4o.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>A short description of the model.</summary>
    public string? Description { get; internal init; }

    /// <summary>When OpenRouter first offered the model; null if the API does not report it.</summary>
    public DateTimeOffset? CreatedAt { get; internal init; }

    /// <summary>The maximum number of tokens of the prompt and the response together; null if unknown.</summary>
    public long? ContextLength { get; internal init; }

    /// <summary>The maximum number of tokens of a response; null if unknown.</summary>
    public long? MaxCompletionTokens { get; internal init; }

    /// <summary>The types of input and output, such as text->text.</summary>
    public string? Modality { get; internal init; }

    /// <summary>The types of input: text, image, file, audio, and others.</summary>
    public TextList? InputModalities { get; internal init; }

    /// <summary>The types of output: text, image, and others.</summary>
    public TextList? OutputModalities { get; internal init; }

    /// <summary>The price of a prompt token in USD; null if it varies or is unknown.</summary>
    public decimal? PromptPrice { get; internal init; }

    /// <summary>The price of a response token in USD; null if it varies or is unknown.</summary>
    public decimal? CompletionPrice { get; internal init; }

    /// <summary>The price of a request in USD, in addition to its tokens; null if it varies or is unknown.</summary>
    public decimal? RequestPrice { get; internal init; }

    /// <summary>The price of an image in the prompt in USD; null if it varies or is unknown.</summary>
    public decimal? ImagePrice { get; internal init; }

    /// <summary>The supported request parameters, such as temperature.</summary>
    public TextList? SupportedParameters { get; internal init; }

    /// <summary>Whether its first provider moderates content; null when unknown.</summary>
    public bool? IsModerated { get; internal init; }

    /// <summary>The day up to which it was trained, such as 2024-10-01; null when unknown.</summary>
    public string? KnowledgeCutoff { get; internal init; }

    /// <summary>
    /// The day after which the model may no longer be available, such as 2025-06-01; null if there is none.
    /// </summary>
    public string? ExpirationDate { get; internal init; }

    /// <summary>The id, which is what a -Model or -AllowedModel takes.</summary>
    public override string ToString() => DisplayText.Escape(Id);
}
