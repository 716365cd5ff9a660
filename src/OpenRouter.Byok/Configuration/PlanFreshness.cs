using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Finds what changed in an account since a plan was made.</summary>
internal static class PlanFreshness
{
    /// <summary>A sentence for each change that no longer applies to what is there.</summary>
    /// <param name="changes">The changes that are to be made.</param>
    /// <param name="plan">The plan that they are of.</param>
    /// <param name="keys">The credentials as they are now.</param>
    public static IReadOnlyList<string> StaleParts(
        IReadOnlyCollection<ByokConfigurationChange> changes, ConfigurationPlan plan, IReadOnlyList<ByokKey> keys)
    {
        var now = keys.ToDictionary(key => key.Id, StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(plan.Keys.Select(key => key.Id), StringComparer.OrdinalIgnoreCase);
        var read = new HashSet<string?>(plan.WorkspaceIds, StringComparer.OrdinalIgnoreCase);
        // In the account's default workspace is what is in no other one that was read.
        var created = keys.Where(key => key.WorkspaceId is not null && !seen.Contains(key.Id))
            .ToLookup(key => new CredentialIdentity(
                read.Contains(key.WorkspaceId) ? key.WorkspaceId : null, key.Provider, key.Name));
        return
        [
            .. changes.Where(change => change.IsWork).Select(StalePart).OfType<string>(),
            .. StaleCover(changes, now),
        ];

        string? StalePart(ByokConfigurationChange change)
        {
            if (change.Current is not { } before)
            {
                var identity = new CredentialIdentity(change.WorkspaceId, change.Provider, change.Name);
                return created[identity].FirstOrDefault() is { } other
                    ? Messages.Format(Messages.StaleCreated, other, other.Id)
                    : null;
            }

            if (!now.TryGetValue(before.Id, out var key))
            {
                return Messages.Format(Messages.StaleRemoved, before, before.Id);
            }

            var differing = DifferencesOf(before, key).ToList();
            return differing.Count == 0
                ? null
                : Messages.Format(Messages.StaleChanged, key, key.Id, string.Join(", ", differing));
        }
    }

    // Pruning relies on the credentials that stay.
    private static IEnumerable<string> StaleCover(
        IReadOnlyCollection<ByokConfigurationChange> changes, Dictionary<string, ByokKey> now)
    {
        if (!changes.Any(change => change.IsPruning))
        {
            return [];
        }

        var work = new HashSet<string>(
            changes.Where(change => change.IsWork).Select(change => change.KeyId ?? ""),
            StringComparer.OrdinalIgnoreCase);
        return
            from key in changes.First(change => change.IsPruning).Plan!.Keys
            where !key.Disabled && !work.Contains(key.Id)
            where !now.TryGetValue(key.Id, out var current) || current.Disabled
            select now.ContainsKey(key.Id)
                ? Messages.Format(
                    Messages.StaleChanged, key, key.Id, SettingProperties.NameOf(CredentialSettings.Disabled))
                : Messages.Format(Messages.StaleRemoved, key, key.Id);
    }

    private static IEnumerable<string> DifferencesOf(ByokKey before, ByokKey now)
    {
        if (before.Label != now.Label)
        {
            yield return "key";
        }

        foreach (var setting in CredentialSettings.All)
        {
            if (!EntryChange.IsSame(setting, setting.ValueOf(before), setting.ValueOf(now)))
            {
                yield return setting == CredentialSettings.Name ? "name" : SettingProperties.NameOf(setting);
            }
        }
    }
}
