namespace OpenRouter.Byok.Api.Json;

/// <summary>An API key in a response.</summary>
internal sealed record ApiKeyEntry
{
    public string? Hash { get; init; }

    public string? Name { get; init; }

    public string? Label { get; init; }

    public bool? Disabled { get; init; }

    public string? WorkspaceId { get; init; }

    public decimal? Limit { get; init; }

    public decimal? LimitRemaining { get; init; }

    public string? LimitReset { get; init; }

    public bool? IncludeByokInLimit { get; init; }

    public decimal? Usage { get; init; }

    public decimal? UsageDaily { get; init; }

    public decimal? UsageWeekly { get; init; }

    public decimal? UsageMonthly { get; init; }

    public decimal? ByokUsage { get; init; }

    public decimal? ByokUsageDaily { get; init; }

    public decimal? ByokUsageWeekly { get; init; }

    public decimal? ByokUsageMonthly { get; init; }

    public string? CreatedAt { get; init; }

    public string? UpdatedAt { get; init; }

    public string? ExpiresAt { get; init; }

    public string? CreatorUserId { get; init; }

    public static OpenRouterApiKey Read(ApiKeyEntry entry) => new()
    {
        Hash = LookupFields.Required(entry.Hash),
        Name = entry.Name ?? "",
        Label = entry.Label ?? "",
        Disabled = entry.Disabled ?? false,
        WorkspaceId = entry.WorkspaceId,
        Limit = entry.Limit,
        LimitRemaining = entry.LimitRemaining,
        LimitReset = entry.LimitReset,
        IncludeByokInLimit = entry.IncludeByokInLimit ?? false,
        Usage = entry.Usage,
        UsageDaily = entry.UsageDaily,
        UsageWeekly = entry.UsageWeekly,
        UsageMonthly = entry.UsageMonthly,
        ByokUsage = entry.ByokUsage,
        ByokUsageDaily = entry.ByokUsageDaily,
        ByokUsageWeekly = entry.ByokUsageWeekly,
        ByokUsageMonthly = entry.ByokUsageMonthly,
        CreatedAt = LookupFields.Time(entry.CreatedAt),
        UpdatedAt = LookupFields.Time(entry.UpdatedAt),
        ExpiresAt = LookupFields.Time(entry.ExpiresAt),
        CreatorUserId = entry.CreatorUserId,
    };
}
