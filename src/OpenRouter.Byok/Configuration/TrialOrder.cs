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
        IReadOnlyDictionary<ResolvedEntry, ByokKey> matches,
        IReadOnlyList<ByokConfigurationChange> changes)
    {
        var differing = Differing(input, matches, changes).ToList();
        return differing.Count == 0 ? differing : [.. differing, Messages.PlanOrderAdvice];
    }

    private static IEnumerable<string> Differing(
        PlanInput input,
        IReadOnlyDictionary<ResolvedEntry, ByokKey> matches,
        IReadOnlyList<ByokConfigurationChange> changes)
    {
        var blocked = new HashSet<CredentialEntry>(
            changes.Where(change => change.Action == ByokConfigurationAction.Blocked).Select(change => change.Entry!));
        return
            from entry in input.Entries
            where !blocked.Contains(entry.Entry)
            select new Trial(entry, matches.TryGetValue(entry, out var key) ? key : null) into trial
            group trial by trial.Entry.Scope into scope
            from trials in scope.GroupBy(trial => trial.IsFallback)
            where !IsInOrder(trials)
            select Messages.Format(
                Messages.PlanOrder,
                scope.Key.Provider,
                WorkspaceOf(trials.First().Entry, input),
                string.Join(", ", trials.OrderBy(trial => trial).Select(trial => trial.DisplayName)),
                string.Join(", ", trials.Select(trial => trial.DisplayName)));
    }

    private static bool IsInOrder(IEnumerable<Trial> trials)
    {
        Trial? before = null;
        foreach (var trial in trials)
        {
            if (before?.CompareTo(trial) > 0)
            {
                return false;
            }

            before = trial;
        }

        return true;
    }

    private static string WorkspaceOf(ResolvedEntry entry, PlanInput input) =>
        input.Names.Workspace(entry.WorkspaceId) ?? entry.Entry.Workspace ?? Messages.PlanDefaultWorkspace;

    /// <summary>An entry, and its credential if that exists.</summary>
    private sealed record Trial(ResolvedEntry Entry, ByokKey? Key) : IComparable<Trial>
    {
        public bool IsFallback => Entry.Settings.Has(CredentialSettings.IsFallback)
            ? Entry.Settings.Get(CredentialSettings.IsFallback).Value
            : Key?.IsFallback is true;

        public string DisplayName => Entry.Entry.Name.Value ?? Key?.Name ?? Key?.Label ?? Messages.Unnamed;

        // New credentials come last, and several new ones in the order in which they are created.
        public int CompareTo(Trial? other)
        {
            if (Key is null || other?.Key is not { } key)
            {
                return (Key is null).CompareTo(other?.Key is null);
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
