using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Auditing;

/// <summary>Checks the credentials of an account against rules.</summary>
internal static class Auditor
{
    /// <summary>The findings, the most severe first, then by rule, then by credential.</summary>
    /// <param name="account">The credentials, and what was looked up.</param>
    /// <param name="rules">The rules to check.</param>
    /// <param name="severities">The severities of the findings that are wanted; null means all.</param>
    public static IReadOnlyList<ByokAuditFinding> Audit(
        AuditedAccount account,
        IEnumerable<AuditRule> rules,
        IReadOnlyCollection<ByokAuditSeverity>? severities = null)
    {
        var positions = new Dictionary<ByokKey, int>();
        foreach (var key in account.Keys)
        {
            positions[key] = positions.Count;
        }

        var found =
            from rule in rules
            where CanRun(rule, account.Data)
            from violation in rule.Find(account).OrderBy(violation => positions[violation.Key])
            let severity = violation.Severity ?? rule.Severity
            where severities?.Contains(severity) is not false
            orderby severity descending
            select (rule.Id, severity, violation);
        var all = found.ToList();
        var counts = all.GroupBy(one => one.severity)
            .Select(same => new KeyValuePair<ByokAuditSeverity, int>(same.Key, same.Count()))
            .ToList();
        return [.. all.Select((one, index) =>
            ToFinding(one.Id, one.severity, one.violation, index == all.Count - 1 ? counts : null))];
    }

    public static bool CanRun(AuditRule rule, AuditData data) => Split(rule.Needs).All(data.Has);

    public static IEnumerable<AuditDataKinds> Split(AuditDataKinds needs)
    {
        for (var need = AuditDataKinds.ApiKeys;
            need <= AuditDataKinds.Activity;
            need = (AuditDataKinds)((int)need << 1))
        {
            if (needs.HasFlag(need))
            {
                yield return need;
            }
        }
    }

    private static ByokAuditFinding ToFinding(
        ByokAuditRule rule,
        ByokAuditSeverity severity,
        RuleViolation violation,
        IReadOnlyList<KeyValuePair<ByokAuditSeverity, int>>? counts) => new()
    {
        Rule = rule,
        Severity = severity,
        Counts = counts,
        KeyId = violation.Key.Id.Length > 0 ? violation.Key.Id : null,
        Name = violation.Key.Name,
        Provider = violation.Key.Provider,
        Label = violation.Key.Label,
        Message = violation.Message,
        Remedy = violation.Key.Id.Length > 0 ? violation.Remedy : null,
    };
}
