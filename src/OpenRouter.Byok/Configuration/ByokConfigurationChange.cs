using System.Collections.Generic;
using System.Collections.ObjectModel;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>
/// A credential that differs from a configuration, and what is to be done about it, or what came of it.
/// </summary>
public sealed class ByokConfigurationChange
{
    private static readonly ReadOnlyCollection<ByokConfigurationDifference> None = new([]);

    /// <summary>What is to be done.</summary>
    public ByokConfigurationAction Action { get; internal init; }

    /// <summary>The slug of the provider.</summary>
    public string Provider { get; internal init; } = "";

    /// <summary>The workspace by name, or as the configuration has it; null for the account's default one.</summary>
    public string? Workspace { get; internal init; }

    /// <summary>The id of the workspace; null when it is the account's default one and its id is not known.</summary>
    public string? WorkspaceId { get; internal init; }

    /// <summary>The name of the credential; null when it has none.</summary>
    public string? Name { get; internal init; }

    /// <summary>The id of the credential; null when it does not exist yet.</summary>
    public string? KeyId { get; internal init; }

    /// <summary>The settings that differ. For a credential to create, these are all that are set.</summary>
    public IReadOnlyList<ByokConfigurationDifference> Differences
    {
        get;
        // PowerShell has no index into the compiler's own read-only lists: [0] would be the whole list.
        internal init => field = value.Count == 0
            ? None
            : new ReadOnlyCollection<ByokConfigurationDifference>([.. value]);
    } = None;

    /// <summary>Whether a key is sent.</summary>
    public bool WritesKey { get; internal init; }

    /// <summary>Why it cannot be done, why it failed, or what else is to be known; null when nothing is.</summary>
    public string? Reason { get; internal init; }

    /// <summary>What came of it.</summary>
    public ByokConfigurationStatus Status { get; internal init; }

    /// <summary>
    /// The id of the plan: a hash of everything that the plan would do. Two plans with the same id do the same.
    /// </summary>
    public string PlanId => Plan?.Id ?? "";

    /// <summary>The plan that the change is part of.</summary>
    internal ConfigurationPlan? Plan { get; set; }

    /// <summary>The entry of the configuration; null for what is not in it.</summary>
    internal CredentialEntry? Entry { get; init; }

    /// <summary>The credential as the plan saw it; null when there was none.</summary>
    internal ByokKey? Current { get; init; }

    /// <summary>The settings to send.</summary>
    internal ByokKeyChanges Settings { get; init; } = ByokKeyChanges.None;

    /// <summary>The place among the credentials to create for the same provider and workspace.</summary>
    internal int CreateOrder { get; init; }

    /// <summary>Whether something is sent for it.</summary>
    internal bool IsWork => Action is ByokConfigurationAction.Create or ByokConfigurationAction.Update || IsPruning;

    /// <summary>Whether it takes away a credential that is not in the configuration.</summary>
    internal bool IsPruning => Action is ByokConfigurationAction.Disable or ByokConfigurationAction.Remove;

    /// <summary>The same change after it was made or attempted.</summary>
    internal ByokConfigurationChange After(
        ByokConfigurationStatus status,
        string? reason = null,
        string? keyId = null,
        ByokConfigurationAction? action = null) => new()
        {
            Action = action ?? Action,
            Provider = Provider,
            Workspace = Workspace,
            WorkspaceId = WorkspaceId,
            Name = Name,
            KeyId = keyId ?? KeyId,
            Differences = Differences,
            WritesKey = WritesKey,
            Reason = reason ?? Reason,
            Status = status,
            Plan = Plan,
            Entry = Entry,
            Current = Current,
            Settings = Settings,
            CreateOrder = CreateOrder,
        };

    /// <summary>The action and the credential.</summary>
    public override string ToString() =>
        DisplayText.Escape($"{Action}: {Name ?? Current?.Label ?? KeyId} ({Provider})");
}
