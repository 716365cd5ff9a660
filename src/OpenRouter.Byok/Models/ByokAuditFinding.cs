using System.Collections.Generic;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>
/// A problem that the audit found with a credential, and the command line that fixes it.
/// </summary>
public sealed class ByokAuditFinding
{
    /// <summary>The rule that reported the finding.</summary>
    public ByokAuditRule Rule { get; internal init; }

    /// <summary>The severity of the finding.</summary>
    public ByokAuditSeverity Severity { get; internal init; }

    /// <summary>The id of the credential; null for one that is only planned.</summary>
    public string? KeyId { get; internal init; }

    /// <summary>The name of the credential, when it has one.</summary>
    public string? Name { get; internal init; }

    /// <summary>The slug of the credential's provider.</summary>
    public string Provider { get; internal init; } = "";

    /// <summary>The masked snippet of the credential's key.</summary>
    public string Label { get; internal init; } = "";

    /// <summary>What was found.</summary>
    public string Message { get; internal init; } = "";

    /// <summary>The command line that fixes the problem; null for a credential that is only planned.</summary>
    public string? Remedy { get; internal init; }

    /// <summary>
    /// In the last finding of an audit, the number of findings of each severity that there are, the most severe first.
    /// </summary>
    internal IReadOnlyList<KeyValuePair<ByokAuditSeverity, int>>? Counts { get; init; }

    /// <summary>The rule, the credential and what was found.</summary>
    public override string ToString() =>
        DisplayText.Escape($"{Rule}: {Name ?? Label} ({Provider}): {Message}");
}

/// <summary>The severity of a finding.</summary>
public enum ByokAuditSeverity
{
    /// <summary>Worth knowing, but often intended.</summary>
    Information,

    /// <summary>Probably not intended.</summary>
    Warning,

    /// <summary>The credential cannot work as configured.</summary>
    Error,
}

/// <summary>The rules that Invoke-OpenRouterByokAudit checks.</summary>
public enum ByokAuditRule
{
    /// <summary>An allow list permits no possible request, so the credential can never be used.</summary>
    Unreachable,

    /// <summary>Required or BYOK-only, and yet shared capacity can serve requests, which spends credits.</summary>
    SharedNotRemoved,

    /// <summary>Credits were spent on shared capacity although there are credentials for the requests.</summary>
    SharedSpend,

    /// <summary>The allow list names API keys that no longer exist.</summary>
    UnknownApiKey,

    /// <summary>The allow list contains users who are no longer members.</summary>
    UnknownMember,

    /// <summary>The allow list names models that OpenRouter no longer lists.</summary>
    UnknownModel,

    /// <summary>The declared data region is one that the provider does not offer.</summary>
    RegionNotOffered,

    /// <summary>Probably the same key as another credential.</summary>
    Duplicate,

    /// <summary>Created long ago.</summary>
    RotationDue,

    /// <summary>The only enabled credential of its provider.</summary>
    NoBackup,

    /// <summary>If the credential fails, requests use shared capacity, which spends credits.</summary>
    SharedAfterFailure,

    /// <summary>Any of several API keys can use the credential for any model.</summary>
    Unrestricted,

    /// <summary>Disabled, and created long ago.</summary>
    DisabledOld,

    /// <summary>It has no name.</summary>
    NameMissing,
}
