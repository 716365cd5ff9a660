using System;
using System.Collections.Generic;

namespace OpenRouter.Byok.Auditing;

/// <summary>One rule of the audit.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Severity">How bad its findings are, unless one says otherwise.</param>
/// <param name="Find">Looks for what the rule is about.</param>
internal sealed record AuditRule(
    ByokAuditRule Id, ByokAuditSeverity Severity, Func<AuditedAccount, IEnumerable<RuleViolation>> Find)
{
    /// <summary>What it cannot do without.</summary>
    public AuditDataKinds Needs { get; init; }

    /// <summary>What lets it see more.</summary>
    public AuditDataKinds Uses { get; init; }
}

/// <summary>What a rule found.</summary>
internal readonly record struct RuleViolation(ByokKey Key, string Message, string Remedy)
{
    /// <summary>When it is worse or better than the rule's findings are as a rule.</summary>
    public ByokAuditSeverity? Severity { get; init; }
}
