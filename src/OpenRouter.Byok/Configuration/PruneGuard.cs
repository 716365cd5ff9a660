using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Keeps a mistake in a configuration from taking away what is in use.</summary>
internal static class PruneGuard
{
    // Below this, half of them is no sign of a mistake.
    private const int MinimumCount = 4;

    private const int MaximumShown = 10;

    /// <summary>Why so much must not be taken away without -Force; null when it may be.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="changes">The changes of it that are to be made.</param>
    public static OpenRouterException? Refusal(
        ConfigurationPlan plan, IReadOnlyCollection<ByokConfigurationChange> changes)
    {
        var pruned = new HashSet<string>(
            changes.Where(change => change.IsPruning).Select(change => change.KeyId!),
            StringComparer.OrdinalIgnoreCase);
        if (pruned.Count == 0)
        {
            return null;
        }

        if (plan.Keys.Count >= MinimumCount && pruned.Count * 2 > plan.Keys.Count)
        {
            return new OpenRouterException(
                ErrorReason.PruneRefused, Messages.PruneMoreThanHalf, pruned.Count, plan.Keys.Count);
        }

        var covered = EnabledAfter(plan, changes, pruned);
        var uncovered = changes.Where(change => change is { IsPruning: true, Current.Disabled: false })
            .GroupBy(change => new ProviderScope(change.WorkspaceId, change.Provider))
            .FirstOrDefault(group => !covered.Contains(group.Key))?
            .ToList();
        return uncovered is [var first, ..]
            ? new OpenRouterException(
                ErrorReason.PruneRefused,
                Messages.PruneLastEnabled,
                first.Provider,
                first.Workspace ?? first.WorkspaceId ?? Messages.PlanDefaultWorkspace,
                Messages.List(
                    [.. uncovered.Select(change => $"{change.Name ?? change.Current?.Label} ({change.KeyId})")],
                    MaximumShown))
            : null;
    }

    // Where a credential will be enabled.
    private static HashSet<ProviderScope> EnabledAfter(
        ConfigurationPlan plan, IReadOnlyCollection<ByokConfigurationChange> changes, HashSet<string> pruned)
    {
        var updates = changes.Where(change => change.Action == ByokConfigurationAction.Update)
            .ToDictionary(change => change.KeyId!, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from change in changes
               where change.Action == ByokConfigurationAction.Create
               where !change.Settings.Get(CredentialSettings.Disabled).Value
               select new ProviderScope(change.WorkspaceId, change.Provider),
            .. from key in plan.Keys
               where !pruned.Contains(key.Id) && !IsDisabledAfter(key, updates)
               select new ProviderScope(key.WorkspaceId, key.Provider),
        ];
    }

    private static bool IsDisabledAfter(ByokKey key, Dictionary<string, ByokConfigurationChange> updates) =>
        updates.TryGetValue(key.Id, out var update) && update.Settings.Has(CredentialSettings.Disabled)
            ? update.Settings.Get(CredentialSettings.Disabled).Value
            : key.Disabled;
}
