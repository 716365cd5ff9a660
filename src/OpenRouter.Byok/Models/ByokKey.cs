using System;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>
/// A provider credential ("bring your own key") of an OpenRouter account. It never holds the key itself.
/// </summary>
/// <remarks>
/// The properties are the API's, in PascalCase: https://openrouter.ai/docs/api-reference/byok. Fields that this version
/// of the module does not know are kept in <see cref="AdditionalProperties"/>.
/// </remarks>
public sealed class ByokKey
{
    /// <summary>The stable public id, a UUID.</summary>
    public string Id { get; init; } = "";

    /// <summary>The slug of the provider, such as openai. An open set; a slug may hold a slash.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The name people gave it, up to 255 characters; null when it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The masked snippet of the key, such as sk-...AbCd.</summary>
    public string Label { get; init; } = "";

    /// <summary>The workspace it belongs to; null when it is global, which means every workspace.</summary>
    public string? WorkspaceId { get; init; }

    /// <summary>Whether it is switched off.</summary>
    public bool Disabled { get; init; }

    /// <summary>Whether it is tried only after OpenRouter's shared endpoints.</summary>
    public bool IsFallback { get; init; }

    /// <summary>Whether shared endpoints are removed for the models that it applies to.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether shared endpoints are removed for every model of its provider.</summary>
    public bool IsByokOnly { get; init; }

    /// <summary>The owner's declaration of zero data retention; null inherits the provider's policy.</summary>
    public bool? DeclaredZdr { get; init; }

    /// <summary>
    /// The owner's declaration of the data region: global, europe, us or another; null when undeclared.
    /// </summary>
    public string? DeclaredRegion { get; init; }

    /// <summary>The models it may serve; null means any.</summary>
    public AllowList? AllowedModels { get; init; }

    /// <summary>The SHA-256 hashes of the OpenRouter API keys that may use it; null means any.</summary>
    public AllowList? AllowedApiKeyHashes { get; init; }

    /// <summary>The ids of the members who may use it; null means any.</summary>
    public AllowList? AllowedUserIds { get; init; }

    /// <summary>Its place within its provider: credentials are tried in ascending order.</summary>
    public int SortOrder { get; init; }

    /// <summary>When it was created; null when the API did not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What the API answered beyond the properties above, by its JSON name. Empty as a rule.</summary>
    public AdditionalProperties AdditionalProperties { get; init; } = AdditionalProperties.None;

    /// <summary>Names the credential as people would: its name or else its label, then its provider.</summary>
    public override string ToString() => DisplayText.Escape($"{Name ?? Label} ({Provider})");
}
