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
        var wanted = input.Entries
            .Where(entry => !blocked.Contains(entry.Entry))
            .Select(entry => (Entry: entry, Key: matches.TryGetValue(entry, out var key) ? key : null))
            .ToList();
        foreach (var group in wanted.GroupBy(one => (
            Scope: new ProviderScope(one.Entry.WorkspaceId, one.Entry.Entry.Provider), IsFallback: IsFallback(one))))
        {
            // New credentials come last, and several new ones in the order in which they are created.
            var actual = group
                .OrderBy(one => one.Key is null)
                .ThenBy(one => one.Key?.SortOrder)
                .ThenBy(one => one.Key?.CreatedAt ?? DateTimeOffset.MaxValue)
                .ThenBy(one => one.Key?.Id, StringComparer.OrdinalIgnoreCase)
                .ToList();
            if (!actual.SequenceEqual(group))
            {
                yield return Messages.Format(
                    Messages.PlanOrder,
                    group.Key.Scope.Provider,
                    WorkspaceOf(group.First().Entry, input),
                    string.Join(", ", actual.Select(NameOf)),
                    string.Join(", ", group.Select(NameOf)));
            }
        }
    }

    private static string WorkspaceOf(ResolvedEntry entry, PlanInput input) =>
        input.Names.Workspace(entry.WorkspaceId) ?? entry.Entry.Workspace ?? Messages.PlanDefaultWorkspace;

    private static bool IsFallback((ResolvedEntry Entry, ByokKey? Key) one) =>
        one.Entry.Settings.Has(CredentialSettings.IsFallback)
            ? one.Entry.Settings.Get(CredentialSettings.IsFallback).Value
            : one.Key?.IsFallback is true;

    private static string NameOf((ResolvedEntry Entry, ByokKey? Key) one) =>
        one.Entry.Entry.Name.Value ?? one.Key?.Name ?? one.Key?.Label ?? Messages.Unnamed;
}
