using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Finds entries that mean the same credential.</summary>
internal sealed class EntryDuplicates(ConfigurationErrors errors)
{
    /// <param name="entries">The entries.</param>
    /// <param name="workspaceOf">What tells the workspace of an entry from others.</param>
    public void Check(IReadOnlyList<CredentialEntry> entries, Func<CredentialEntry, string?> workspaceOf)
    {
        var ids = new Dictionary<string, CredentialEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries.Where(entry => entry.Id is not null))
        {
            if (ids.TryGetValue(entry.Id!, out var other))
            {
                errors.Add(entry.Position, Messages.ConfigurationIdTwice, entry.Id, other.Position.ToString());
            }
            else
            {
                ids.Add(entry.Id!, entry);
            }
        }

        CheckNames(entries, KeyOf);
        CheckPreviousNames(entries, KeyOf);

        (string, string, string?) KeyOf(CredentialEntry entry, string? name) => (
            (workspaceOf(entry) ?? "").ToLowerInvariant(), entry.Provider.ToLowerInvariant(), name);
    }

    private void CheckNames(
        IReadOnlyList<CredentialEntry> entries,
        Func<CredentialEntry, string?, (string Workspace, string Provider, string? Name)> keyOf)
    {
        // Entries with ids are told apart by them, and may have the same name or none.
        var named = entries.Where(entry => entry.Name.Value is not null || entry.Id is null)
            .Select(entry => (Entry: entry, Key: keyOf(entry, entry.Name.Value)))
            .ToList();
        var known = new HashSet<(string, string, string?)>();
        var several = new HashSet<(string, string, string?)>(
            named.Select(one => one.Key).Where(key => !known.Add(key)));
        foreach (var same in named.Where(one => several.Contains(one.Key)).GroupBy(one => one.Key, one => one.Entry))
        {
            if (same.All(entry => entry.Id is not null))
            {
                continue;
            }

            var first = same.First().Position.ToString();
            foreach (var entry in same.Skip(1))
            {
                errors.Add(entry.Position, Messages.ConfigurationEntryTwice, entry.Describe(), first);
            }
        }
    }

    private void CheckPreviousNames(
        IReadOnlyList<CredentialEntry> entries,
        Func<CredentialEntry, string?, (string Workspace, string Provider, string? Name)> keyOf)
    {
        if (!entries.Any(entry => entry.PreviousName is not null))
        {
            return;
        }

        var names = entries.Where(entry => entry.Name.Value is not null)
            .ToLookup(entry => keyOf(entry, entry.Name.Value));
        var previous = new Dictionary<(string, string, string?), CredentialEntry>();
        foreach (var entry in entries.Where(entry => entry.PreviousName is not null))
        {
            var key = keyOf(entry, entry.PreviousName);
            if (names[key].FirstOrDefault(other => !ReferenceEquals(other, entry)) is { } named)
            {
                errors.Add(
                    entry.Position, Messages.ConfigurationPreviousTaken, entry.PreviousName, named.Position.ToString());
            }
            else if (previous.TryGetValue(key, out var other))
            {
                errors.Add(
                    entry.Position, Messages.ConfigurationPreviousTaken, entry.PreviousName, other.Position.ToString());
            }
            else
            {
                previous.Add(key, entry);
            }
        }
    }
}
