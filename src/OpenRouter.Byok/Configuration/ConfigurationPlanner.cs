using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Testing;

namespace OpenRouter.Byok.Configuration;

/// <summary>Compares an account with a configuration. It sends nothing and needs no keys.</summary>
internal static class ConfigurationPlanner
{
    /// <exception cref="OpenRouterException">
    /// Two entries mean the same credential, or an entry means several.
    /// </exception>
    public static ConfigurationPlan Plan(PlanInput input)
    {
        var errors = new ConfigurationErrors();
        var duplicates = new EntryDuplicates(input.Entries.Count, errors);
        foreach (var entry in input.Entries)
        {
            duplicates.Add(entry.Entry, entry.Identity);
        }

        duplicates.Check();
        errors.ThrowIfAny();
        var matcher = new EntryMatcher(input.Keys, errors);
        var matches = matcher.Match(input.Entries);
        errors.ThrowIfAny();

        var changes = new List<ByokConfigurationChange>(input.Entries.Count);
        var creates = new Dictionary<ProviderScope, int>();
        for (var index = 0; index < matches.Count; index++)
        {
            var entry = input.Entries[index];
            changes.Add(matches[index] is { } key
                ? EntryChange.OfExisting(entry, key, input)
                : EntryChange.OfMissing(entry, input, TakePlace));
        }

        var scope = ScopeOf(input);
        var inScope = matcher.Keys
            .Where(pair => pair.Key.WorkspaceId is not null)
            .Where(pair => scope.Contains(new ProviderScope(pair.Key.WorkspaceId, pair.Key.Provider)))
            .Where(pair => pair.IsClaimed || !TemporaryCredential.IsOne(pair.Key))
            .ToList();
        changes.AddRange(inScope.Where(pair => !pair.IsClaimed).Select(pair => Extra(pair.Key, input)));
        ChangeOrder.Sort(changes);
        return new ConfigurationPlan(changes, TrialOrder.Notes(input, matches, changes))
        {
            Keys = [.. inScope.Select(pair => pair.Key)],
            WorkspaceIds = input.WorkspaceIds,
        };

        int TakePlace(ResolvedEntry entry)
        {
            creates.TryGetValue(entry.Scope, out var place);
            creates[entry.Scope] = place + 1;
            return place;
        }
    }

    private static HashSet<ProviderScope> ScopeOf(PlanInput input) =>
    [
        .. input.Scope,
        .. input.Entries.Select(entry => entry.Scope),
    ];

    private static ByokConfigurationChange Extra(ByokKey key, PlanInput input) => new()
    {
        Action = input.Prune switch
        {
            ByokPruneMode.Remove => ByokConfigurationAction.Remove,
            ByokPruneMode.Disable when !key.Disabled => ByokConfigurationAction.Disable,
            _ => ByokConfigurationAction.Extra,
        },
        Provider = key.Provider,
        Workspace = input.Names.Workspace(key.WorkspaceId),
        WorkspaceId = key.WorkspaceId,
        Name = key.Name,
        KeyId = key.Id,
        Reason = key.Disabled ? Messages.PlanExtraDisabled : Messages.PlanExtra,
        Current = key,
        Settings = input.Prune == ByokPruneMode.Disable && !key.Disabled
            ? new ByokKeyChanges().With(CredentialSettings.Disabled, true)
            : ByokKeyChanges.None,
    };
}
