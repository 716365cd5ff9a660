using System;
using System.Collections.Generic;

namespace OpenRouter.Byok.Auditing;

/// <summary>One rule of the audit.</summary>
/// <param name="Id">Which one it is.</param>
/// <param name="Severity">The severity of its findings, unless a violation has its own.</param>
/// <param name="Find">Finds the credentials that break the rule.</param>
internal sealed record AuditRule(
    ByokAuditRule Id, ByokAuditSeverity Severity, Func<AuditedAccount, IEnumerable<RuleViolation>> Find)
{
    /// <summary>The data without which the rule cannot run.</summary>
    public AuditDataKinds Needs { get; init; }

    /// <summary>The data that lets the rule find more, but without which it runs too.</summary>
    public AuditDataKinds Uses { get; init; }
}

/// <summary>A credential that breaks a rule, in which way, and the command that mends it.</summary>
internal readonly record struct RuleViolation(ByokKey Key, string Message, string Remedy)
{
    /// <summary>The severity when it is not the rule's.</summary>
    public ByokAuditSeverity? Severity { get; init; }
}
