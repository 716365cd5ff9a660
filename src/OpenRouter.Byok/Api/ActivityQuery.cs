using System;
using System.Collections.Generic;
using System.Globalization;

namespace OpenRouter.Byok.Api;

/// <summary>Which activity to read. What is null does not narrow it.</summary>
/// <param name="Date">One UTC day.</param>
/// <param name="WorkspaceId">The workspace that it counts for.</param>
/// <param name="ApiKeyHash">The API key that it came with.</param>
/// <param name="IsSplitByWorkspace">Whether rows tell their workspace.</param>
internal sealed record ActivityQuery(DateTime? Date, string? WorkspaceId, string? ApiKeyHash, bool IsSplitByWorkspace)
{
    /// <summary>The member that it counts for.</summary>
    public string? UserId { get; init; }

    public string ToQueryString()
    {
        var parts = new List<string>();
        if (Date is { } date)
        {
            parts.Add("date=" + date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        if (WorkspaceId is not null)
        {
            parts.Add("workspace_id=" + Uri.EscapeDataString(WorkspaceId));
        }

        if (ApiKeyHash is not null)
        {
            parts.Add("api_key_hash=" + Uri.EscapeDataString(ApiKeyHash));
        }

        if (UserId is not null)
        {
            parts.Add("user_id=" + Uri.EscapeDataString(UserId));
        }

        if (IsSplitByWorkspace)
        {
            parts.Add("group_by=workspace");
        }

        return parts.Count == 0 ? "" : "?" + string.Join("&", parts);
    }
}
