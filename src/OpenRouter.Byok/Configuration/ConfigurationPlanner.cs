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
        new EntryDuplicates(errors).Check([.. input.Entries.Select(entry => (entry.Entry, entry.Identity))]);
        errors.ThrowIfAny();
        var matches = new EntryMatcher(input.Keys, errors).Match(input.Entries);
        errors.ThrowIfAny();

        var changes = new List<ByokConfigurationChange>(input.Entries.Count);
        var creates = new Dictionary<ProviderScope, int>();
        foreach (var entry in input.Entries)
        {
            changes.Add(matches.TryGetValue(entry, out var key)
                ? EntryChange.OfExisting(entry, key, input)
                : EntryChange.OfMissing(entry, input, () => TakePlace(entry)));
        }

        var scope = ScopeOf(input);
        var claimed = new HashSet<ByokKey>(matches.Values);
        var inScope = input.Keys
            .Where(key => key.WorkspaceId is not null)
            .Where(key => scope.Contains(new ProviderScope(key.WorkspaceId, key.Provider)))
            .Where(key => claimed.Contains(key) || !TemporaryCredential.IsOne(key))
            .ToList();
        changes.AddRange(inScope.Where(key => !claimed.Contains(key)).Select(key => Extra(key, input)));
        changes.Sort(ChangeOrder.Instance);
        return new ConfigurationPlan(changes, TrialOrder.Notes(input, matches, changes))
        {
            Keys = inScope,
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
            : new ByokKeyChanges(),
    };
}
