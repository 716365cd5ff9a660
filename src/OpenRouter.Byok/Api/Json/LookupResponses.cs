using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api.Json;

/// <summary>The JSON metadata of the look-up responses. Unknown fields are skipped.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DataPage<ProviderEntry>), TypeInfoPropertyName = "Providers")]
[JsonSerializable(typeof(DataPage<ModelEntry>), TypeInfoPropertyName = "Models")]
[JsonSerializable(typeof(DataPage<WorkspaceEntry>), TypeInfoPropertyName = "Workspaces")]
[JsonSerializable(typeof(DataResponse<WorkspaceEntry>), TypeInfoPropertyName = "Workspace")]
[JsonSerializable(typeof(DataPage<ApiKeyEntry>), TypeInfoPropertyName = "ApiKeys")]
[JsonSerializable(typeof(DataResponse<ApiKeyEntry>), TypeInfoPropertyName = "ApiKey")]
[JsonSerializable(typeof(DataPage<MemberEntry>), TypeInfoPropertyName = "Members")]
internal sealed partial class LookupJson : JsonSerializerContext;

/// <summary>An endpoint that lists entries page by page.</summary>
/// <param name="Path">The path below the base address.</param>
/// <param name="Purpose">What the request is for, in messages: for example, "Listing workspaces".</param>
/// <param name="Type">The JSON metadata of a page.</param>
/// <param name="Read">Converts an entry to an output object.</param>
/// <param name="GetId">Returns the id of an output object.</param>
internal sealed record LookupList<TEntry, T>(
    string Path, string Purpose, JsonTypeInfo<DataPage<TEntry>> Type, Func<TEntry, T> Read, Func<T, string> GetId)
    where TEntry : class;

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
        Slug = LookupFields.Required(entry.Slug),
        Name = entry.Name ?? entry.Slug!,
        Headquarters = entry.Headquarters,
        Datacenters = LookupFields.List(entry.Datacenters),
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

    public static LookupList<WorkspaceEntry, OpenRouterWorkspace> List { get; } = new(
        "/workspaces", Messages.ListingWorkspaces, LookupJson.Default.Workspaces, Read, workspace => workspace.Id);

    public static OpenRouterWorkspace Read(WorkspaceEntry entry) => new()
    {
        Id = LookupFields.Required(entry.Id),
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
        CreatedAt = LookupFields.Time(entry.CreatedAt),
        UpdatedAt = LookupFields.Time(entry.UpdatedAt),
        CreatedBy = entry.CreatedBy,
    };
}

internal sealed record MemberEntry(string? Id, string? Email, string? FirstName, string? LastName, string? Role)
{
    public static LookupList<MemberEntry, OpenRouterMember> List { get; } = new(
        "/organization/members", Messages.ListingMembers, LookupJson.Default.Members, Read, member => member.Id);

    public static OpenRouterMember Read(MemberEntry entry) => new()
    {
        Id = LookupFields.Required(entry.Id),
        Email = entry.Email ?? "",
        FirstName = entry.FirstName,
        LastName = entry.LastName,
        Role = entry.Role ?? "",
    };
}

/// <summary>Reads the fields of entries.</summary>
internal static class LookupFields
{
    /// <exception cref="JsonException">The entry has no id.</exception>
    public static string Required(string? id) =>
        string.IsNullOrEmpty(id) ? throw new JsonException("An entry has no id.") : id!;

    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    public static TextList? List(IReadOnlyList<string?>? entries) =>
        entries is null ? null : new TextList([.. entries.OfType<string>()]);
}
