using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Compares the order of trial with the order of the entries. The API cannot change it.</summary>
internal static class TrialOrder
{
    /// <summary>
    /// A sentence for each provider and workspace where the order will differ, and what to do about it.
    /// </summary>
    public static IReadOnlyList<string> Notes(
        PlanInput input,
        IReadOnlyList<ByokKey?> matches,
        IReadOnlyList<ByokConfigurationChange> changes)
    {
        var blocked = new HashSet<CredentialEntry>(
            changes.Where(change => change.Action == ByokConfigurationAction.Blocked).Select(change => change.Entry!));
        var all = new List<Trial>(input.Entries.Count);
        for (var index = 0; index < matches.Count; index++)
        {
            if (!blocked.Contains(input.Entries[index].Entry))
            {
                all.Add(new Trial(input.Entries[index], matches[index]));
            }
        }

        var differing = Differing(all);
        var sentences =
            from trial in all
            where differing.Contains(trial.Section)
            group trial by trial.Entry.Scope into scope
            from trials in scope.GroupBy(trial => trial.IsFallback)
            select Messages.Format(
                Messages.PlanOrder,
                scope.Key.Provider,
                WorkspaceOf(trials.First().Entry, input),
                string.Join(", ", trials.OrderBy(trial => trial).Select(trial => trial.DisplayName)),
                string.Join(", ", trials.Select(trial => trial.DisplayName)));
        return differing.Count == 0 ? [] : [.. sentences, Messages.PlanOrderAdvice];
    }

    private static HashSet<(ProviderScope, bool)> Differing(List<Trial> all)
    {
        var differing = new HashSet<(ProviderScope, bool)>();
        var last = new Dictionary<(ProviderScope, bool), Trial>();
        foreach (var trial in all)
        {
            if (last.TryGetValue(trial.Section, out var before) && before.CompareTo(trial) > 0)
            {
                differing.Add(trial.Section);
            }

            last[trial.Section] = trial;
        }

        return differing;
    }

    private static string WorkspaceOf(ResolvedEntry entry, PlanInput input) =>
        input.Names.Workspace(entry.WorkspaceId) ?? entry.Entry.Workspace ?? Messages.PlanDefaultWorkspace;

    /// <summary>An entry, and its credential if that exists.</summary>
    private readonly record struct Trial(ResolvedEntry Entry, ByokKey? Key) : IComparable<Trial>
    {
        /// <summary>What credentials that are tried one after the other have in common.</summary>
        public (ProviderScope, bool) Section => (Entry.Scope, IsFallback);

        public bool IsFallback => Entry.Settings.Has(CredentialSettings.IsFallback)
            ? Entry.Settings.Get(CredentialSettings.IsFallback).Value
            : Key?.IsFallback is true;

        public string DisplayName => Entry.Entry.Name.Value ?? Key?.Name ?? Key?.Label ?? Messages.Unnamed;

        // New credentials come last, and several new ones in the order in which they are created.
        public int CompareTo(Trial other)
        {
            if (Key is null || other.Key is not { } key)
            {
                return (Key is null).CompareTo(other.Key is null);
            }

            var order = Key.SortOrder.CompareTo(key.SortOrder);
            if (order == 0)
            {
                order = (Key.CreatedAt ?? DateTimeOffset.MaxValue).CompareTo(key.CreatedAt ?? DateTimeOffset.MaxValue);
            }

            return order == 0 ? StringComparer.OrdinalIgnoreCase.Compare(Key.Id, key.Id) : order;
        }
    }
}
