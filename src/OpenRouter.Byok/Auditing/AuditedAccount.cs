using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Auditing;

/// <summary>The credentials that are audited, taken for all that there are, and what is known around them.</summary>
internal sealed class AuditedAccount(IReadOnlyList<ByokKey> keys, AuditData facts, DateTimeOffset now, TimeSpan maxAge)
{
    private readonly string?[] workspaces =
        [.. keys.Select(key => key.WorkspaceId).Where(id => id is not null).Distinct(EligibilityRules.WorkspaceIds)];

    public IReadOnlyList<ByokKey> Keys => keys;

    public AuditData Facts => facts;

    public DateTimeOffset Now => now;

    public IEnumerable<ByokKey> Enabled => keys.Where(key => !key.Disabled);

    /// <summary>Whole days since the credential was created, when they are more than the audit allows.</summary>
    public int? DaysTooOld(ByokKey key) =>
        key.CreatedAt is { } created && now - created > maxAge ? (int)(now - created).TotalDays : null;

    /// <summary>
    /// The workspaces in whose requests the credential takes part, as far as the credentials tell: a global one serves
    /// all of them. A null stands for a workspace that has no credential of its own.
    /// </summary>
    public IEnumerable<string?> WorkspacesOf(ByokKey key) =>
        key.WorkspaceId is { } own ? [own] : workspaces.Length > 0 ? workspaces : [null];

    /// <summary>The enabled credentials that requests of the workspace to the provider may meet.</summary>
    public IEnumerable<ByokKey> EnabledFor(string provider, string? workspaceId) => Enabled.Where(key =>
        EligibilityRules.IsOf(key, provider)
        && (workspaceId is null ? key.WorkspaceId is null : EligibilityRules.ServesWorkspace(key, workspaceId)));

    /// <summary>Whether shared capacity of the credential's provider can serve some of these requests.</summary>
    public bool IsSharedLeft(ByokKey key, Scope reach) => WorkspacesOf(key).Any(workspace =>
        !EnabledFor(key.Provider, workspace)
            .Any(other => other.IsByokOnly || (other.IsRequired && Scope.Of(other).Covers(reach))));
}

/// <summary>The requests that a credential applies to. A null list is any.</summary>
internal readonly record struct Scope(AllowList? Models, AllowList? ApiKeyHashes, AllowList? UserIds)
{
    public static Scope Of(ByokKey key) => new(key.AllowedModels, key.AllowedApiKeyHashes, key.AllowedUserIds);

    public bool IsForSomeCallers => ApiKeyHashes is not null || UserIds is not null;

    public bool IsUnlimited => Models is null && !IsForSomeCallers;

    public bool Covers(Scope other) =>
        EligibilityRules.Covers(Models, other.Models, EligibilityRules.Models)
        && EligibilityRules.Covers(ApiKeyHashes, other.ApiKeyHashes, EligibilityRules.ApiKeyHashes)
        && EligibilityRules.Covers(UserIds, other.UserIds, EligibilityRules.UserIds);
}
