using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Auditing;

/// <summary>Rules on what serves a request when a credential does not: shared capacity, or a backup.</summary>
internal static class SharedCapacityRules
{
    public static IEnumerable<RuleViolation> NotRemoved(AuditedAccount account)
    {
        foreach (var key in account.Keys)
        {
            if (SharedCapacity.RemovalScopeOf(key) is not { } scope)
            {
                continue;
            }

            if (key.Disabled)
            {
                if (!account.IsSharedCapacityLeft(key, scope))
                {
                    continue;
                }

                var message = Messages.Format(
                    key.IsByokOnly ? Messages.FoundByokOnlyDisabled : Messages.FoundRequiredDisabled, key.Provider);
                // The remedy may change another credential than the one that breaks the rule, so that one is named.
                yield return ReplacementFor(key, account) is { } replacement
                    ? new RuleViolation(
                        key,
                        message + " " + Messages.Format(Messages.FoundSuccessor, Remedy.NameOf(replacement)),
                        Remedy.ByokOnly(replacement))
                    : new RuleViolation(key, message, Remedy.Enable(key));
            }
            else if (scope.RestrictsCallers
                && account.IsSharedCapacityLeft(key, scope with { ApiKeyHashes = null, UserIds = null }))
            {
                yield return new RuleViolation(
                    key, Messages.Format(Messages.FoundRequiredForSome, key.Provider), Remedy.ByokOnly(key));
            }
        }
    }

    public static IEnumerable<RuleViolation> AfterFailure(AuditedAccount account) =>
        from key in account.Enabled
        let scope = RequestScope.AllowedBy(key)
        where !key.IsFallback
            && SharedCapacity.RemovalScopeOf(key) is null
            && account.IsSharedCapacityLeft(key, scope)
        // Required removes shared capacity only for the callers that the credential allows.
        let remedy = scope.RestrictsCallers ? Remedy.ByokOnly(key) : Remedy.Set(key, "-Required")
        select new RuleViolation(key, Messages.FoundSharedAfterFailure, remedy);

    public static IEnumerable<RuleViolation> NoBackup(AuditedAccount account)
    {
        foreach (var key in account.Enabled)
        {
            var removesShared = SharedCapacity.RemovalScopeOf(key) is not null;
            // A fallback that is the only credential is itself the backup of shared capacity.
            if (key.IsFallback && !removesShared)
            {
                continue;
            }

            var workspaces = account.WorkspacesOf(key)
                .Where(workspace => account.EnabledFor(key.Provider, workspace).Take(2).Count() == 1)
                .ToList();
            if (workspaces.Count == 0)
            {
                continue;
            }

            yield return new RuleViolation(
                key,
                removesShared ? Messages.FoundNoBackupNoShared : Messages.FoundNoBackup,
                CreateBackup(key, workspaces[0]))
            {
                Severity = removesShared ? ByokAuditSeverity.Warning : null,
            };
        }
    }

    private static string CreateBackup(ByokKey key, string? workspaceId)
    {
        // The name as it is, not as it is shown.
        var name = Remedy.Quote(Messages.BackupName.Replace("{0}", key.Name ?? key.Label));
        return $"New-OpenRouterByokKey {Remedy.Quote(key.Provider)} -Name {name} -Fallback"
            + (workspaceId is null ? "" : $" -WorkspaceId {Remedy.Quote(workspaceId)}");
    }

    private static ByokKey? ReplacementFor(ByokKey key, AuditedAccount account) => account.Enabled
        .Where(other => EligibilityRules.IsOf(other, key.Provider)
            && EligibilityRules.HaveSameWorkspace(other, key)
            && !other.IsFallback)
        .OrderBy(other => other)
        .FirstOrDefault();
}
