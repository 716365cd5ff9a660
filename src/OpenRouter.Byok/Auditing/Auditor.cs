using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Auditing;

/// <summary>Runs rules over credentials.</summary>
internal static class Auditor
{
    /// <summary>The findings, the gravest first, then by rule, then in the order of the credentials.</summary>
    public static IReadOnlyList<ByokAuditFinding> Audit(AuditedAccount account, IEnumerable<AuditRule> rules)
    {
        var places = new Dictionary<ByokKey, int>();
        foreach (var key in account.Keys) places[key] = places.Count;
        var findings =
            from rule in rules
            where CanRun(rule, account.Facts)
            from fault in rule.Find(account).OrderBy(fault => places[fault.Key])
            select ToFinding(rule, fault);
        return [.. findings.OrderByDescending(finding => finding.Severity)];
    }

    public static bool CanRun(AuditRule rule, AuditData facts) => Split(rule.Needs).All(facts.Has);

    public static IEnumerable<AuditDataKinds> Split(AuditDataKinds needs)
    {
        for (var need = AuditDataKinds.ApiKeys; need <= AuditDataKinds.Providers; need = (AuditDataKinds)((int)need << 1))
        {
            if (needs.HasFlag(need)) yield return need;
        }
    }

    private static ByokAuditFinding ToFinding(AuditRule rule, RuleViolation fault) => new()
    {
        Rule = rule.Id,
        Severity = fault.Severity ?? rule.Severity,
        KeyId = fault.Key.Id.Length > 0 ? fault.Key.Id : null,
        Name = fault.Key.Name,
        Provider = fault.Key.Provider,
        Label = fault.Key.Label,
        Message = fault.Message,
        Remedy = fault.Key.Id.Length > 0 ? fault.Remedy : null,
    };
}
