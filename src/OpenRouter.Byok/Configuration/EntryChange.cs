using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Configuration;

/// <summary>What an entry wants to be done.</summary>
internal static class EntryChange
{
    private const string KeyProperty = "key";

    private const string NameProperty = "name";

    /// <summary>The change for an entry whose credential exists.</summary>
    public static ByokConfigurationChange OfExisting(ResolvedEntry entry, ByokKey key, PlanInput input)
    {
        var differing = DifferingSettings(entry, key);
        var reason = ObstacleTo(entry, key);
        var writesKey = reason is null && WritesKey(entry.Entry, key, input);
        var isNothing = differing.IsEmpty && !writesKey;
        return new ByokConfigurationChange
        {
            Action = reason is not null ? ByokConfigurationAction.Blocked
                : isNothing ? ByokConfigurationAction.None
                : ByokConfigurationAction.Update,
            Provider = key.Provider,
            Workspace = input.Names.Workspace(entry.WorkspaceId) ?? entry.Entry.Workspace,
            WorkspaceId = key.WorkspaceId,
            Name = key.Name,
            KeyId = key.Id,
            Differences = isNothing ? [] :
            [
                .. Differences(differing, key, input.Names),
                .. writesKey ? KeyDifference(entry.Entry.Key!, key) : [],
            ],
            WritesKey = writesKey,
            Reason = reason ?? (isNothing ? CannotTell(entry.Entry, input) : null),
            Entry = entry.Entry,
            Current = key,
            Settings = differing,
        };
    }

    /// <summary>The change for an entry whose credential does not exist.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="input">What the plan is made from.</param>
    /// <param name="takePlace">Takes the next place among those to create for the same provider and workspace.</param>
    public static ByokConfigurationChange OfMissing(
        ResolvedEntry entry, PlanInput input, Func<ResolvedEntry, int> takePlace)
    {
        // Null is the default of everything that can be null.
        var settings = ByokKeyChanges.Of([.. Wanted(entry).Where(pair => pair.Value is not null)]);
        var reason = entry.Entry switch
        {
            { Id: not null } => Messages.PlanIdNotFound,
            { Key: null } => Messages.PlanNoKey,
            _ => null,
        };
        return new ByokConfigurationChange
        {
            Action = reason is null ? ByokConfigurationAction.Create : ByokConfigurationAction.Blocked,
            Provider = entry.Entry.Provider,
            Workspace = input.Names.Workspace(entry.WorkspaceId) ?? entry.Entry.Workspace,
            WorkspaceId = entry.WorkspaceId,
            Name = entry.Entry.Name.Value,
            KeyId = entry.Entry.Id,
            Differences =
            [
                .. Differences(settings.Without(CredentialSettings.Name), null, input.Names),
                .. reason is null ? KeyDifference(entry.Entry.Key!, null) : [],
            ],
            WritesKey = reason is null,
            Reason = reason,
            Entry = entry.Entry,
            Settings = settings,
            CreateOrder = reason is null ? takePlace(entry) : 0,
        };
    }

    public static bool IsSame(CredentialSetting setting, object? current, object? wanted) => (current, wanted) switch
    {
        (IReadOnlyList<string> one, IReadOnlyList<string> other) =>
            IsSame(one, other, ((ListSetting)setting).Comparer),
        _ => Equals(current, wanted),
    };

    // The order does not matter, but is mostly the same.
    private static bool IsSame(
        IReadOnlyList<string> one, IReadOnlyList<string> other, IEqualityComparer<string> comparer) =>
        one.SequenceEqual(other, comparer) || new HashSet<string>(one, comparer).SetEquals(other);

    private static ByokKeyChanges DifferingSettings(ResolvedEntry entry, ByokKey key)
    {
        // Most credentials have none, and there may be thousands.
        List<(CredentialSetting, object?)>? differing = null;
        if (WantsName(entry))
        {
            AddIfDiffering(CredentialSettings.Name, entry.Entry.Name.Value);
        }

        for (var index = 0; index < entry.Settings.Settings.Count; index++)
        {
            var (setting, value) = entry.Settings.Settings[index];
            AddIfDiffering(setting, value);
        }

        return differing is null ? ByokKeyChanges.None : ByokKeyChanges.Of([.. differing]);

        void AddIfDiffering(CredentialSetting setting, object? value)
        {
            if (!IsSame(setting, setting.ValueOf(key), value))
            {
                (differing ??= []).Add((setting, value));
            }
        }
    }

    private static IEnumerable<(CredentialSetting Setting, object? Value)> Wanted(ResolvedEntry entry) =>
        WantsName(entry)
            ? entry.Settings.Settings.Prepend((CredentialSettings.Name, entry.Entry.Name.Value))
            : entry.Settings.Settings;

    // Without an id, the name tells the credential, and none is a name as well.
    private static bool WantsName(ResolvedEntry entry) => entry.Entry.Id is null || entry.Entry.Name.IsPresent;

    private static string? ObstacleTo(ResolvedEntry entry, ByokKey key)
    {
        var wanted = entry.Settings;
        if (key.WorkspaceId is null)
        {
            return Messages.PlanGlobal;
        }

        if (!EligibilityRules.WorkspaceIds.Equals(key.WorkspaceId, entry.WorkspaceId)
            || !EligibilityRules.Providers.Equals(key.Provider, entry.Entry.Provider))
        {
            return Messages.Format(Messages.PlanIdElsewhere, key.Provider, key.WorkspaceId);
        }

        var isFallback = wanted.Has(CredentialSettings.IsFallback)
            ? wanted.Get(CredentialSettings.IsFallback).Value
            : key.IsFallback;
        var isByokOnly = wanted.Has(CredentialSettings.IsByokOnly)
            ? wanted.Get(CredentialSettings.IsByokOnly).Value
            : key.IsByokOnly;
        return isFallback && isByokOnly && !(key.IsFallback && key.IsByokOnly)
            ? Messages.PlanFallbackWithByokOnly
            : null;
    }

    private static bool WritesKey(CredentialEntry entry, ByokKey key, PlanInput input) =>
        entry.Key is not null && input.KeyUpdate switch
        {
            ByokKeyUpdate.Always => true,
            ByokKeyUpdate.Changed => input.HasOtherKey(entry, key),
            _ => false,
        };

    private static string? CannotTell(CredentialEntry entry, PlanInput input) =>
        entry.Key is not null && input.KeyUpdate == ByokKeyUpdate.Changed ? Messages.PlanKeyCannotTell : null;

    private static IEnumerable<ByokConfigurationDifference> Differences(
        ByokKeyChanges settings, ByokKey? key, PlanNames names) =>
        from pair in settings.Settings
        select new ByokConfigurationDifference
        {
            Property = pair.Setting == CredentialSettings.Name
                ? NameProperty
                : SettingProperties.NameOf(pair.Setting),
            Current = key is null ? null : names.Value(pair.Setting, pair.Setting.ValueOf(key)),
            Wanted = names.Value(pair.Setting, pair.Value),
        };

    private static IEnumerable<ByokConfigurationDifference> KeyDifference(KeyReference reference, ByokKey? key) =>
    [
        new ByokConfigurationDifference
        {
            Property = KeyProperty,
            Current = key?.Label,
            Wanted = KeyReferenceText.Describe(reference),
        },
    ];
}
