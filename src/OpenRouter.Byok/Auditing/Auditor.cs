using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Auditing;

/// <summary>Checks the credentials of an account against rules.</summary>
internal static class Auditor
{
    /// <summary>The findings, the most severe first, then by rule, then by credential.</summary>
    public static IReadOnlyList<ByokAuditFinding> Audit(AuditedAccount account, IEnumerable<AuditRule> rules)
    {
        var positions = new Dictionary<ByokKey, int>();
        foreach (var key in account.Keys)
        {
            positions[key] = positions.Count;
        }

        var findings =
            from rule in rules
            where CanRun(rule, account.Data)
            from violation in rule.Find(account).OrderBy(violation => positions[violation.Key])
            select ToFinding(rule, violation);
        return [.. findings.OrderByDescending(finding => finding.Severity)];
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

    private static ByokAuditFinding ToFinding(AuditRule rule, RuleViolation violation) => new()
    {
        Rule = rule.Id,
        Severity = violation.Severity ?? rule.Severity,
        KeyId = violation.Key.Id.Length > 0 ? violation.Key.Id : null,
        Name = violation.Key.Name,
        Provider = violation.Key.Provider,
        Label = violation.Key.Label,
        Message = violation.Message,
        Remedy = violation.Key.Id.Length > 0 ? violation.Remedy : null,
    };
}
