using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Auditing;

/// <summary>
/// The credentials to audit, which are taken for all that the account has, and what was looked up for it.
/// </summary>
internal sealed class AuditedAccount(IEnumerable<ByokKey> keys, AuditData data, DateTimeOffset now, TimeSpan maxAge)
{
    /// <summary>A week, so that each day of the week counts once.</summary>
    public const int DefaultUsageDays = 7;

    /// <summary>The age in days from which a key should be rotated, unless another is specified.</summary>
    public const int DefaultMaxAgeDays = 90;

    // Sorted, so that findings and remedies do not depend on the order of the list, which the API does not define.
    private readonly ByokKey[] keys = [.. keys.OrderBy(key => key)];
    private readonly string?[] workspaces =
    [
        .. keys.Select(key => key.WorkspaceId)
            .Where(id => id is not null)
            .Distinct(EligibilityRules.WorkspaceIds)
            .OrderBy(id => id, StringComparer.OrdinalIgnoreCase),
    ];

    public IReadOnlyList<ByokKey> Keys => keys;

    /// <summary>What was looked up besides the credentials.</summary>
    public AuditData Data => data;

    public DateTimeOffset Now => now;

    /// <summary>The days of the activity that count.</summary>
    public UsagePeriod UsagePeriod { get; init; } = UsagePeriod.LastDays(DefaultUsageDays, now);

    public IEnumerable<ByokKey> Enabled => keys.Where(key => !key.Disabled);

    /// <summary>Whole days since the credential was created, when they are more than the audit allows.</summary>
    public int? DaysTooOld(ByokKey key) =>
        key.CreatedAt is { } created && now - created > maxAge ? (int)(now - created).TotalDays : null;

    /// <summary>
    /// The workspaces in whose requests the credential takes part, as far as the credentials tell: a global one serves
    /// all of them. Null stands for a workspace that has no credential of its own.
    /// </summary>
    public IEnumerable<string?> WorkspacesOf(ByokKey key) =>
        key.WorkspaceId is { } own ? [own] : workspaces.Length > 0 ? workspaces : [null];

    /// <summary>The enabled credentials of the provider that serve requests of the workspace.</summary>
    public IEnumerable<ByokKey> EnabledFor(string provider, string? workspaceId) => Enabled.Where(key =>
        EligibilityRules.IsOf(key, provider)
        && (workspaceId is null ? key.WorkspaceId is null : EligibilityRules.ServesWorkspace(key, workspaceId)));

    /// <summary>The name of the workspace, or its id when the name is not known.</summary>
    public string NameOfWorkspace(string id) => data.Workspaces
        .FirstOrDefault(workspace => EligibilityRules.WorkspaceIds.Equals(workspace.Id, id)) is { Name.Length: > 0 } one
            ? one.Name
            : id;

    /// <summary>
    /// Whether in one of the credential's workspaces no single credential removes the shared capacity of its provider
    /// for all these requests.
    /// </summary>
    public bool IsSharedCapacityLeft(ByokKey key, RequestScope requests) => WorkspacesOf(key).Any(workspace =>
        !EnabledFor(key.Provider, workspace).Any(other => SharedCapacity.IsRemovedBy(other, requests)));
}
