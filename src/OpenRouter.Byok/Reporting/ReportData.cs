using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Json;

namespace OpenRouter.Byok.Reporting;

/// <summary>What was read of the account for a report.</summary>
internal sealed record ReportData
{
    /// <summary>The address that was asked.</summary>
    public required Uri BaseUri { get; init; }

    /// <summary>The time of the report.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The management key that was used; null if it could not be looked up.</summary>
    public required CurrentKey? ManagementKey { get; init; }

    /// <summary>The credentials.</summary>
    public required IReadOnlyList<ByokKey> Keys { get; init; }

    /// <summary>
    /// The ids of the workspaces that the credentials were read from. Null means all of them; none means the default
    /// workspace, if it has no credentials that tell its id.
    /// </summary>
    public required IReadOnlyList<string>? WorkspaceIds { get; init; }

    /// <summary>The ids of the workspaces; null means all of them, or that they are not known.</summary>
    public IReadOnlyList<string>? KnownWorkspaceIds => WorkspaceIds is { Count: 0 } ? null : WorkspaceIds;

    /// <summary>The findings of the audit of the credentials.</summary>
    public required IReadOnlyList<ByokAuditFinding> Findings { get; init; }

    /// <summary>
    /// The activity of the last 30 completed days, each row of one workspace; null if it could not be read.
    /// </summary>
    public required IReadOnlyList<ActivityItem>? Activity { get; init; }

    /// <summary>The days whose spend is shown.</summary>
    public required UsagePeriod Period { get; init; }

    /// <summary>What could not be looked up.</summary>
    public required IReadOnlyList<string> Gaps { get; init; }

    /// <summary>The ids of workspaces, where a null stands for the default workspace.</summary>
    public static IReadOnlyList<string> WorkspaceIdsOf(IReadOnlyList<string?> workspaces, IReadOnlyList<ByokKey> keys)
    {
        var defaultId = keys.Select(key => key.WorkspaceId).FirstOrDefault(id => id is not null);
        return [.. workspaces.Select(id => id ?? defaultId).OfType<string>()];
    }
}

/// <summary>How a report is made.</summary>
/// <param name="Title">The heading; null takes the usual one.</param>
/// <param name="ShowsLabels">Whether the labels of keys are shown.</param>
/// <param name="ShowsEmailAddresses">Whether email addresses are shown.</param>
internal sealed record ReportOptions(string? Title, bool ShowsLabels, bool ShowsEmailAddresses);
