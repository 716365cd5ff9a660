using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Auditing;

/// <summary>Where a request ends up when a credential does not serve it.</summary>
internal static class SharedCapacityRules
{
    public static IEnumerable<RuleViolation> NotRemoved(AuditedAccount account)
    {
        foreach (var key in account.Keys.Where(key => key.IsByokOnly || key.IsRequired))
        {
            var reach = Scope.Of(key);
            if (key.Disabled)
            {
                var meant = key.IsByokOnly ? new Scope(null, null, null) : reach;
                if (!account.IsSharedLeft(key, meant)) continue;
                var found = Messages.Format(
                    key.IsByokOnly ? Messages.FoundByokOnlyDisabled : Messages.FoundRequiredDisabled, key.Provider);
                // The remedy may change another credential than the one that it is found at, so that one is named.
                yield return SuccessorOf(key, account) is { } successor
                    ? new RuleViolation(
                        key,
                        found + " " + Messages.Format(Messages.FoundSuccessor, Remedy.NameOf(successor)),
                        Remedy.ByokOnly(successor))
                    : new RuleViolation(key, found, Remedy.Enable(key));
            }
            else if (reach.IsForSomeCallers
                && account.IsSharedLeft(key, reach with { ApiKeyHashes = null, UserIds = null }))
            {
                yield return new RuleViolation(key, Messages.Format(Messages.FoundRequiredForSome, key.Provider), Remedy.ByokOnly(key));
            }
        }
    }

    public static IEnumerable<RuleViolation> AfterFailure(AuditedAccount account) =>
        from key in account.Enabled
        where !key.IsFallback && !key.IsRequired && !key.IsByokOnly && account.IsSharedLeft(key, Scope.Of(key))
        // Required speaks for those alone that the credential is meant for.
        let remedy = Scope.Of(key).IsForSomeCallers ? Remedy.ByokOnly(key) : Remedy.Set(key, "-Required")
        select new RuleViolation(key, Messages.FoundSharedAfterFailure, remedy);

    public static IEnumerable<RuleViolation> NoBackup(AuditedAccount account)
    {
        foreach (var key in account.Enabled)
        {
            var removesShared = key.IsByokOnly || key.IsRequired;
            // A lone fallback is the backup of shared capacity.
            if (key.IsFallback && !removesShared) continue;
            var alone = account.WorkspacesOf(key)
                .Where(workspace => account.EnabledFor(key.Provider, workspace).Take(2).Count() == 1)
                .ToList();
            if (alone.Count == 0) continue;
            yield return new RuleViolation(
                key,
                removesShared ? Messages.FoundNoBackupAtAll : Messages.FoundNoBackup,
                Create(key, alone[0]))
            {
                Severity = removesShared ? ByokAuditSeverity.Warning : null,
            };
        }
    }

    private static string Create(ByokKey key, string? workspaceId)
    {
        // The name as it is, not as it is shown.
        var name = Remedy.Quote(Messages.BackupName.Replace("{0}", key.Name ?? key.Label));
        return $"New-OpenRouterByokKey {Remedy.Quote(key.Provider)} -Name {name} -Fallback"
            + (workspaceId is null ? "" : $" -WorkspaceId {Remedy.Quote(workspaceId)}");
    }

    private static ByokKey? SuccessorOf(ByokKey key, AuditedAccount account) => account.Enabled
        .Where(other => EligibilityRules.IsOf(other, key.Provider)
            && EligibilityRules.WorkspaceIds.Equals(other.WorkspaceId ?? "", key.WorkspaceId ?? "")
            && !other.IsFallback)
        .OrderBy(other => other)
        .FirstOrDefault();
}
