using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>A provider that OpenRouter can send requests to.</summary>
/// <remarks>The properties are the API's, in PascalCase: https://openrouter.ai/docs/api-reference/providers.</remarks>
public sealed class OpenRouterProvider
{
    /// <summary>The slug that credentials and requests use, such as openai.</summary>
    public string Slug { get; internal init; } = "";

    /// <summary>The display name, such as OpenAI.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The country of its headquarters, as a two-letter ISO 3166-1 code; null if unknown.</summary>
    public string? Headquarters { get; internal init; }

    /// <summary>The countries of its data centers, as two-letter codes; null if unknown.</summary>
    public TextList? Datacenters { get; internal init; }

    /// <summary>The address of its privacy policy; null when unknown.</summary>
    public string? PrivacyPolicyUrl { get; internal init; }

    /// <summary>The address of its terms of service; null when unknown.</summary>
    public string? TermsOfServiceUrl { get; internal init; }

    /// <summary>The address of its status page; null when unknown.</summary>
    public string? StatusPageUrl { get; internal init; }

    /// <summary>The slug, which is what a -Provider takes.</summary>
    public override string ToString() => DisplayText.Escape(Slug);
}
