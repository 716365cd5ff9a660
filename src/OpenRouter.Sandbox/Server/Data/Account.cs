using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace OpenRouter.Sandbox.Server;

internal sealed record Workspace
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public string? Description { get; init; }

    public required Guid DefaultGuardrailId { get; init; }

    public string? DefaultTextModel { get; init; }

    public string? DefaultImageModel { get; init; }

    public string? DefaultProviderSort { get; init; }

    public bool IncludeByokInBudgets { get; init; }

    public bool IsObservabilityIoLoggingEnabled { get; init; }

    public bool IsObservabilityBroadcastEnabled { get; init; }

    public bool IsDataDiscountLoggingEnabled { get; init; }

    public double IoLoggingSamplingRate { get; init; } = 1;

    public IReadOnlyList<int>? IoLoggingApiKeyIds { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? UpdatedAt { get; init; }

    public string? CreatedBy { get; init; }
}

/// <summary>What every key tells of its spending, in USD.</summary>
internal abstract record KeySpending
{
    public required string Label { get; init; }

    public double? Limit { get; init; }

    public double? LimitRemaining { get; init; }

    public string? LimitReset { get; init; }

    public bool IncludeByokInLimit { get; init; }

    public double Usage { get; init; }

    public double UsageDaily { get; init; }

    public double UsageWeekly { get; init; }

    public double UsageMonthly { get; init; }

    public double ByokUsage { get; init; }

    public double ByokUsageDaily { get; init; }

    public double ByokUsageWeekly { get; init; }

    public double ByokUsageMonthly { get; init; }

    public string? CreatorUserId { get; init; }

    public DateTime? ExpiresAt { get; init; }
}

internal sealed record ApiKey : KeySpending
{
    public required string Hash { get; init; }

    public required string Name { get; init; }

    public bool Disabled { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? UpdatedAt { get; init; }

    /// <summary>Not in the specification, but the official SDK refuses an answer without it.</summary>
    public string? ExternalUser { get; init; }

    /// <summary>Told by <c>/key</c> only.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> AllowedDataRegions { get; init; } = DataRegions.All;
}

internal static class DataRegions
{
    public const string Europe = "europe";

    public static readonly IReadOnlyList<string> All = ["global", Europe, "us"];
}

/// <summary>The answer to "whom am I".</summary>
internal sealed record CurrentKey : KeySpending
{
    public bool IsFreeTier { get; init; }

    public bool IsManagementKey { get; init; }

    public bool IsProvisioningKey => IsManagementKey;

    /// <summary>The workspace that the key spends in; null for a management key, which cannot spend.</summary>
    public Guid? WorkspaceId { get; init; }

    /// <summary>Null when a person owns the account.</summary>
    public required string? OrganizationId { get; init; }

    public IReadOnlyList<string> AllowedDataRegions { get; init; } = DataRegions.All;

    public FreeModelRequests FreeModelDailyRequests { get; } = new(Limit: 1000, Used: 0);

    public LegacyRateLimit RateLimit { get; } = new(-1, "10s", "This field is deprecated and safe to ignore.");
}

/// <summary>What the account may ask of free models a day; the sample account uses none of them.</summary>
internal sealed record FreeModelRequests(int Limit, int Used)
{
    public int Remaining => Limit - Used;
}

internal sealed record LegacyRateLimit(int Requests, string Interval, string Note);

internal sealed record Member(string Id, string FirstName, string LastName, string Email, string Role);

internal sealed record Provider(
    string Slug,
    string Name,
    string? Headquarters,
    IReadOnlyList<string>? Datacenters,
    Uri? PrivacyPolicyUrl,
    Uri? TermsOfServiceUrl,
    Uri? StatusPageUrl);

internal sealed record Model
{
    public required string Id { get; init; }

    public required string CanonicalSlug { get; init; }

    public required string Name { get; init; }

    public long Created { get; init; }

    public required string Description { get; init; }

    public required int ContextLength { get; init; }

    public required ModelArchitecture Architecture { get; init; }

    public required ModelPricing Pricing { get; init; }

    public required ModelTopProvider TopProvider { get; init; }

    public string? PerRequestLimits { get; init; }

    public required IReadOnlyList<string> SupportedParameters { get; init; }

    public string? DefaultParameters { get; init; }

    public IReadOnlyList<string>? SupportedVoices { get; init; }

    public string? KnowledgeCutoff { get; init; }

    public string? ExpirationDate { get; init; }

    public required ModelLinks Links { get; init; }

    /// <summary>The slugs of the providers that host it: filtered by, never answered.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Hosts { get; init; } = [];
}

internal sealed record ModelArchitecture(
    string Modality,
    IReadOnlyList<string> InputModalities,
    IReadOnlyList<string> OutputModalities,
    string Tokenizer,
    string? InstructType);

/// <summary>USD per token, image or request, as text so that no digit is lost.</summary>
internal sealed record ModelPricing(string Prompt, string Completion, string Image, string Request);

internal sealed record ModelTopProvider(int? ContextLength, int? MaxCompletionTokens, bool IsModerated);

internal sealed record ModelLinks(string Details);

internal sealed record ActivityItem
{
    /// <summary>A UTC day, such as <c>2025-08-24</c>.</summary>
    public required string Date { get; init; }

    public required string Model { get; init; }

    public required string ModelPermaslug { get; init; }

    public required Guid EndpointId { get; init; }

    public required string ProviderName { get; init; }

    public decimal Usage { get; init; }

    public decimal ByokUsageInference { get; init; }

    public int Requests { get; init; }

    public int PromptTokens { get; init; }

    public int CompletionTokens { get; init; }

    public int ReasoningTokens { get; init; }

    /// <summary>Only told when the activity is split by workspace.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? WorkspaceId { get; init; }
}
