using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Finds entries that mean the same credential.</summary>
/// <param name="count">The number of entries.</param>
/// <param name="errors">Receives what is wrong.</param>
internal sealed class EntryDuplicates(int count, ConfigurationErrors errors)
{
    private readonly Dictionary<string, CredentialEntry> ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<CredentialIdentity, CredentialEntry> names = new(count);
    private readonly List<(CredentialEntry First, CredentialEntry Entry)> repeated = [];
    private readonly List<(CredentialEntry Entry, CredentialIdentity Identity)> renamed = [];

    /// <param name="entry">The next entry.</param>
    /// <param name="identity">What tells it from others.</param>
    public void Add(CredentialEntry entry, CredentialIdentity identity)
    {
        if (entry.Id is not null)
        {
            AddId(entry, entry.Id);
        }

        // Entries with ids are told apart by them, and may have the same name or none.
        if (entry.Name.Value is not null || entry.Id is null)
        {
            AddName(entry, identity);
        }

        if (entry.PreviousName is not null)
        {
            renamed.Add((entry, identity));
        }
    }

    /// <summary>Checks what only all entries together show.</summary>
    public void Check()
    {
        CheckNames();
        CheckPreviousNames();
    }

    private void AddId(CredentialEntry entry, string id)
    {
        if (ids.TryGetValue(id, out var other))
        {
            errors.Add(entry.Position, Messages.ConfigurationIdTwice, id, other.Position.ToString());
        }
        else
        {
            ids.Add(id, entry);
        }
    }

    private void AddName(CredentialEntry entry, CredentialIdentity identity)
    {
        if (names.TryGetValue(identity, out var first))
        {
            repeated.Add((first, entry));
        }
        else
        {
            names.Add(identity, entry);
        }
    }

    private void CheckNames()
    {
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
    }

    private void CheckPreviousNames()
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
