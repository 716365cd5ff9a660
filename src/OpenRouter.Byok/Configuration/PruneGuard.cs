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

        foreach (var change in changes.Where(change => change is { IsPruning: true, Current.Disabled: false }))
        {
            var scope = new ProviderScope(change.WorkspaceId, change.Provider);
            if (!IsAnyEnabledAfter(scope, plan, changes, pruned))
            {
                return new OpenRouterException(
                    ErrorReason.PruneRefused,
                    Messages.PruneLastEnabled,
                    change.Current,
                    change.KeyId,
                    change.Workspace ?? change.WorkspaceId ?? Messages.PlanDefaultWorkspace);
            }
        }

        return null;
    }

    private static bool IsAnyEnabledAfter(
        ProviderScope scope,
        ConfigurationPlan plan,
        IReadOnlyCollection<ByokConfigurationChange> changes,
        HashSet<string> pruned)
    {
        var updates = changes.Where(change => change.Action == ByokConfigurationAction.Update)
            .ToDictionary(change => change.KeyId!, StringComparer.OrdinalIgnoreCase);
        return changes.Any(change => change.Action == ByokConfigurationAction.Create
                && new ProviderScope(change.WorkspaceId, change.Provider) == scope
                && !change.Settings.Get(CredentialSettings.Disabled).Value)
            || plan.Keys.Any(key => new ProviderScope(key.WorkspaceId, key.Provider) == scope
                && !pruned.Contains(key.Id)
                && !IsDisabledAfter(key, updates));
    }

    private static bool IsDisabledAfter(ByokKey key, Dictionary<string, ByokConfigurationChange> updates) =>
        updates.TryGetValue(key.Id, out var update) && update.Settings.Has(CredentialSettings.Disabled)
            ? update.Settings.Get(CredentialSettings.Disabled).Value
            : key.Disabled;
}
