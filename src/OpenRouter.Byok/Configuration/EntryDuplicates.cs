using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Finds entries that mean the same credential.</summary>
internal sealed class EntryDuplicates(ConfigurationErrors errors)
{
    /// <param name="entries">The entries, each with what tells it from others.</param>
    public void Check(IReadOnlyCollection<(CredentialEntry Entry, CredentialIdentity Identity)> entries)
    {
        CheckIds(entries);
        var names = CheckNames(entries);
        CheckPreviousNames(entries.Where(one => one.Entry.PreviousName is not null), names);
    }

    private void CheckIds(IEnumerable<(CredentialEntry Entry, CredentialIdentity Identity)> entries)
    {
        var ids = new Dictionary<string, CredentialEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var (entry, _) in entries)
        {
            if (entry.Id is null)
            {
                continue;
            }

            if (ids.TryGetValue(entry.Id, out var other))
            {
                errors.Add(entry.Position, Messages.ConfigurationIdTwice, entry.Id, other.Position.ToString());
            }
            else
            {
                ids.Add(entry.Id, entry);
            }
        }
    }

    // Entries with ids are told apart by them, and may have the same name or none.
    private Dictionary<CredentialIdentity, CredentialEntry> CheckNames(
        IReadOnlyCollection<(CredentialEntry Entry, CredentialIdentity Identity)> entries)
    {
        var names = new Dictionary<CredentialIdentity, CredentialEntry>(entries.Count);
        var repeated = new List<(CredentialEntry First, CredentialEntry Entry)>();
        foreach (var (entry, identity) in entries)
        {
            if (entry.Name.Value is null && entry.Id is not null)
            {
                continue;
            }

            if (names.TryGetValue(identity, out var first))
            {
                repeated.Add((first, entry));
            }
            else
            {
                names.Add(identity, entry);
            }
        }

        foreach (var same in repeated.GroupBy(one => one.First, one => one.Entry))
        {
            if (same.Key.Id is not null && same.All(entry => entry.Id is not null))
            {
                continue;
            }

            foreach (var entry in same)
            {
                errors.Add(
                    entry.Position, Messages.ConfigurationEntryTwice, entry.Describe(), same.Key.Position.ToString());
            }
        }

        return names;
    }

    private void CheckPreviousNames(
        IEnumerable<(CredentialEntry Entry, CredentialIdentity Identity)> renamed,
        Dictionary<CredentialIdentity, CredentialEntry> names)
    {
        var previous = new Dictionary<CredentialIdentity, CredentialEntry>();
        foreach (var (entry, identity) in renamed)
        {
            var before = identity.WithName(entry.PreviousName);
            if ((names.TryGetValue(before, out var other) && !ReferenceEquals(other, entry))
                || previous.TryGetValue(before, out other))
            {
                errors.Add(
                    entry.Position, Messages.ConfigurationPreviousTaken, entry.PreviousName, other.Position.ToString());
            }
            else
            {
                previous.Add(before, entry);
            }
        }
    }
}
