using System.Collections.Generic;

namespace OpenRouter.Byok.Auditing;

/// <summary>All rules, the gravest first. Why each is there stands in docs/audit-rules.md and in the help.</summary>
internal static class AuditRules
{
    public static readonly IReadOnlyList<AuditRule> All =
    [
        new(ByokAuditRule.Unreachable, ByokAuditSeverity.Error, ReferenceRules.Unreachable)
        {
            Uses = AuditNeeds.ApiKeys | AuditNeeds.Members | AuditNeeds.Models | AuditNeeds.HostedModels,
        },
        new(ByokAuditRule.SharedNotRemoved, ByokAuditSeverity.Warning, SharedRules.NotRemoved),
        new(ByokAuditRule.UnknownApiKey, ByokAuditSeverity.Warning, ReferenceRules.UnknownApiKey)
        {
            Needs = AuditNeeds.ApiKeys,
        },
        new(ByokAuditRule.UnknownMember, ByokAuditSeverity.Warning, ReferenceRules.UnknownMember)
        {
            Needs = AuditNeeds.Members,
        },
        new(ByokAuditRule.UnknownModel, ByokAuditSeverity.Warning, ReferenceRules.UnknownModel)
        {
            Needs = AuditNeeds.Models,
        },
        new(ByokAuditRule.RegionNotOffered, ByokAuditSeverity.Warning, UpkeepRules.RegionNotOffered)
        {
            Uses = AuditNeeds.Providers,
        },
        new(ByokAuditRule.Duplicate, ByokAuditSeverity.Warning, UpkeepRules.Duplicate),
        new(ByokAuditRule.RotationDue, ByokAuditSeverity.Warning, UpkeepRules.RotationDue),
        new(ByokAuditRule.NoBackup, ByokAuditSeverity.Information, SharedRules.NoBackup),
        new(ByokAuditRule.SharedAfterFailure, ByokAuditSeverity.Information, SharedRules.AfterFailure),
        new(ByokAuditRule.Unrestricted, ByokAuditSeverity.Information, ReferenceRules.Unrestricted)
        {
            Needs = AuditNeeds.ApiKeys,
        },
        new(ByokAuditRule.DisabledOld, ByokAuditSeverity.Information, UpkeepRules.DisabledOld),
        new(ByokAuditRule.NameMissing, ByokAuditSeverity.Information, UpkeepRules.NameMissing),
    ];
}
