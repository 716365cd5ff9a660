using System.Collections.Generic;

namespace OpenRouter.Byok.Auditing;

/// <summary>All rules, the most severe first. docs/audit-rules.md and the help say why each exists.</summary>
internal static class AuditRules
{
    public static readonly IReadOnlyList<AuditRule> All =
    [
        new(ByokAuditRule.Unreachable, ByokAuditSeverity.Error, AllowListRules.Unreachable)
        {
            Uses = AuditDataKinds.ApiKeys | AuditDataKinds.Members
                | AuditDataKinds.Models | AuditDataKinds.HostedModels,
        },
        new(ByokAuditRule.SharedNotRemoved, ByokAuditSeverity.Warning, SharedCapacityRules.NotRemoved),
        new(ByokAuditRule.SharedSpend, ByokAuditSeverity.Warning, SharedSpendRule.Find)
        {
            Needs = AuditDataKinds.Providers | AuditDataKinds.Activity,
        },
        new(ByokAuditRule.UnknownApiKey, ByokAuditSeverity.Warning, AllowListRules.UnknownApiKey)
        {
            Needs = AuditDataKinds.ApiKeys,
        },
        new(ByokAuditRule.UnknownMember, ByokAuditSeverity.Warning, AllowListRules.UnknownMember)
        {
            Needs = AuditDataKinds.Members,
        },
        new(ByokAuditRule.UnknownModel, ByokAuditSeverity.Warning, AllowListRules.UnknownModel)
        {
            Needs = AuditDataKinds.Models,
        },
        new(ByokAuditRule.RegionNotOffered, ByokAuditSeverity.Warning, MaintenanceRules.RegionNotOffered)
        {
            Uses = AuditDataKinds.Providers,
        },
        new(ByokAuditRule.Duplicate, ByokAuditSeverity.Warning, MaintenanceRules.Duplicate),
        new(ByokAuditRule.RotationDue, ByokAuditSeverity.Warning, MaintenanceRules.RotationDue),
        new(ByokAuditRule.NoBackup, ByokAuditSeverity.Information, SharedCapacityRules.NoBackup),
        new(ByokAuditRule.SharedAfterFailure, ByokAuditSeverity.Information, SharedCapacityRules.AfterFailure),
        new(ByokAuditRule.Unrestricted, ByokAuditSeverity.Information, AllowListRules.Unrestricted)
        {
            Needs = AuditDataKinds.ApiKeys,
        },
        new(ByokAuditRule.DisabledOld, ByokAuditSeverity.Information, MaintenanceRules.DisabledOld),
        new(ByokAuditRule.NameMissing, ByokAuditSeverity.Information, MaintenanceRules.NameMissing),
    ];
}
