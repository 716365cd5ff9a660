using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace OpenRouter.Byok.Api.Json;

internal sealed record DataResponse<T>(T? Data);

internal sealed record DataPage<T>(IReadOnlyList<T>? Data, int? TotalCount);

internal sealed record ProviderEntry
{
    public string? Slug { get; init; }

    public string? Name { get; init; }

    public string? Headquarters { get; init; }

    public IReadOnlyList<string?>? Datacenters { get; init; }

    public string? PrivacyPolicyUrl { get; init; }

    public string? TermsOfServiceUrl { get; init; }

    public string? StatusPageUrl { get; init; }

    public static OpenRouterProvider Read(ProviderEntry entry) => new()
    {
        Slug = Lookup.Required(entry.Slug),
        Name = entry.Name ?? entry.Slug!,
        Headquarters = entry.Headquarters,
        Datacenters = Lookup.List(entry.Datacenters),
        PrivacyPolicyUrl = entry.PrivacyPolicyUrl,
        TermsOfServiceUrl = entry.TermsOfServiceUrl,
        StatusPageUrl = entry.StatusPageUrl,
    };
}

internal sealed record WorkspaceEntry
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Slug { get; init; }

    public string? Description { get; init; }

    public string? DefaultTextModel { get; init; }

    public string? DefaultImageModel { get; init; }

    public string? DefaultProviderSort { get; init; }

    public string? DefaultGuardrailId { get; init; }

    public bool? IncludeByokInBudgets { get; init; }

    public bool? IsObservabilityIoLoggingEnabled { get; init; }

    public bool? IsObservabilityBroadcastEnabled { get; init; }

    public bool? IsDataDiscountLoggingEnabled { get; init; }

    public decimal? IoLoggingSamplingRate { get; init; }

    public string? CreatedAt { get; init; }

    public string? UpdatedAt { get; init; }

    public string? CreatedBy { get; init; }

    public static OpenRouterWorkspace Read(WorkspaceEntry entry) => new()
    {
        Id = Lookup.Required(entry.Id),
        Name = entry.Name ?? "",
        Slug = entry.Slug ?? "",
        Description = entry.Description,
        DefaultTextModel = entry.DefaultTextModel,
        DefaultImageModel = entry.DefaultImageModel,
        DefaultProviderSort = entry.DefaultProviderSort,
        DefaultGuardrailId = entry.DefaultGuardrailId,
        IncludeByokInBudgets = entry.IncludeByokInBudgets ?? false,
        IsObservabilityIoLoggingEnabled = entry.IsObservabilityIoLoggingEnabled ?? false,
        IsObservabilityBroadcastEnabled = entry.IsObservabilityBroadcastEnabled ?? false,
        IsDataDiscountLoggingEnabled = entry.IsDataDiscountLoggingEnabled ?? false,
        IoLoggingSamplingRate = entry.IoLoggingSamplingRate,
        CreatedAt = Lookup.Time(entry.CreatedAt),
        UpdatedAt = Lookup.Time(entry.UpdatedAt),
        CreatedBy = entry.CreatedBy,
    };
}

internal sealed record MemberEntry(string? Id, string? Email, string? FirstName, string? LastName, string? Role)
{
    public static OpenRouterMember Read(MemberEntry entry) => new()
    {
        Id = Lookup.Required(entry.Id),
        Email = entry.Email ?? "",
        FirstName = entry.FirstName,
        LastName = entry.LastName,
        Role = entry.Role ?? "",
    };
}

/// <summary>What the answers of the look-ups have in common.</summary>
internal static class Lookup
{
    /// <exception cref="JsonException">What it stands for can be called by nothing.</exception>
    public static string Required(string? id) =>
        string.IsNullOrEmpty(id) ? throw new JsonException("An entry has no id.") : id!;

    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    public static TextList? List(IReadOnlyList<string?>? entries) =>
        entries is null ? null : new TextList([.. entries.OfType<string>()]);
}
