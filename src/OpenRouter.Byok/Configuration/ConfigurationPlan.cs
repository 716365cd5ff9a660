using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Configuration;

/// <summary>What is to be done so that an account matches a configuration.</summary>
internal sealed class ConfigurationPlan
{
    private readonly ByokConfigurationChange? last;
    private readonly ByokConfigurationChange? lastDifference;

    public ConfigurationPlan(IReadOnlyList<ByokConfigurationChange> changes, IReadOnlyList<string> notes)
    {
        All = changes;
        Notes = notes;
        Id = PlanId.Of(changes);
        last = changes.Count == 0 ? null : changes[changes.Count - 1];
        lastDifference = Changes.LastOrDefault();
        foreach (var change in changes)
        {
            change.Plan = this;
        }
    }

    /// <summary>A hash of everything that it would do.</summary>
    public string Id { get; }

    /// <summary>One for each credential concerned, those that match included.</summary>
    public IReadOnlyList<ByokConfigurationChange> All { get; }

    /// <summary>What is worth knowing although nothing is done about it.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The workspaces that were read for it; a null stands for the account's default one.</summary>
    public IReadOnlyList<string?> WorkspaceIds { get; init; } = [];

    /// <summary>The credentials in scope, as they were read.</summary>
    public IReadOnlyList<ByokKey> Keys { get; init; } = [];

    public IEnumerable<ByokConfigurationChange> Changes =>
        All.Where(change => change.Action != ByokConfigurationAction.None);

    /// <summary>Whether no other change is shown after this one.</summary>
    public bool IsLast(ByokConfigurationChange change) =>
        ReferenceEquals(change, change.Action == ByokConfigurationAction.None ? last : lastDifference);

    public int Count(ByokConfigurationAction action) => All.Count(change => change.Action == action);
}
