using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Auditing;

/// <summary>Rules on which models, API keys and members the allow lists of credentials name.</summary>
internal static class AllowListRules
{
    private const int MaximumEntriesShown = 3;

    private const int MaximumAllowedApiKeys = 100;

    public static IEnumerable<RuleViolation> UnknownApiKey(AuditedAccount account) => FindUnknown(
        account, key => key.AllowedApiKeyHashes, IsKnownApiKey(account),
        "AllowedApiKeyHash", Messages.FoundUnknownApiKey, ShortenHash);

    public static IEnumerable<RuleViolation> UnknownMember(AuditedAccount account) => FindUnknown(
        account, key => key.AllowedUserIds, account.Data.Members!.Contains,
        "AllowedUserId", Messages.FoundUnknownMember, ShortenId);

    public static IEnumerable<RuleViolation> UnknownModel(AuditedAccount account) => FindUnknown(
        account, key => key.AllowedModels, ModelSlug.IsIn(account.Data.Models!),
        "AllowedModel", Messages.FoundUnknownModel);

    public static IEnumerable<RuleViolation> Unrestricted(AuditedAccount account)
    {
        foreach (var key in account.Enabled.Where(key => RequestScope.AllowedBy(key).IsUnrestricted))
        {
            var callers = account.Data.ApiKeys!
                .Where(caller => !caller.Disabled
                    && !(caller.ExpiresAt <= account.Now)
                    && EligibilityRules.ServesWorkspace(key, caller.WorkspaceId))
                .ToList();
            if (callers.Count < 2)
            {
                continue;
            }

            var hashes = callers.Take(MaximumAllowedApiKeys).Select(caller => caller.Hash);
            yield return new RuleViolation(
                key,
                Messages.Format(Messages.FoundUnrestricted, callers.Count),
                Remedy.Set(key, $"-AllowedApiKeyHash {Remedy.List(hashes)}"));
        }
    }

    public static IEnumerable<RuleViolation> Unreachable(AuditedAccount account) =>
        from key in account.Enabled
        let message = UnreachableReason(key, account)
        where message is not null
        select new RuleViolation(key, message, Remedy.Remove(key));

    private static string? UnreachableReason(ByokKey key, AuditedAccount account)
    {
        var data = account.Data;
        if (key.AllowedModels is { Count: 0 }
            || key.AllowedApiKeyHashes is { Count: 0 }
            || key.AllowedUserIds is { Count: 0 })
        {
            return Messages.FoundEmptyList;
        }

        if (key.AllowedApiKeyHashes is not null && data.ApiKeys is { } all)
        {
            var callers = all.Where(caller => EligibilityRules.AllowsApiKey(key, caller.Hash)).ToList();
            if (callers.Count == 0)
            {
                return Messages.FoundNoSuchApiKeys;
            }

            if (!callers.Exists(caller => EligibilityRules.ServesWorkspace(key, caller.WorkspaceId)))
            {
                return Messages.FoundApiKeysElsewhere;
            }
        }

        if (data.Members is { } members && key.AllowedUserIds?.Any(members.Contains) is false)
        {
            return Messages.FoundNoSuchMembers;
        }

        if (key.AllowedModels is not { } models)
        {
            return null;
        }

        if (data.Models is { } known && !models.Any(ModelSlug.IsIn(known)))
        {
            return Messages.FoundNoSuchModels;
        }

        return data.HostedModels is { } hosted
            && hosted.TryGetValue(key.Provider, out var ownModels)
            && !models.Any(ModelSlug.IsIn(ownModels))
                ? Messages.Format(Messages.FoundModelsElsewhere, key.Provider)
                : null;
    }

    private static IEnumerable<RuleViolation> FindUnknown(
        AuditedAccount account,
        Func<ByokKey, AllowList?> listOf,
        Func<string, bool> isKnown,
        string parameter,
        string message,
        Func<string, string>? shorten = null)
    {
        foreach (var key in account.Keys)
        {
            var list = listOf(key);
            var unknown = list?.Where(entry => !isKnown(entry)).ToList();
            if (list is null || unknown is not { Count: > 0 })
            {
                continue;
            }

            var shown = unknown.Take(MaximumEntriesShown).Select(shorten ?? (entry => entry));
            yield return new RuleViolation(
                key,
                Messages.Format(message, string.Join(", ", shown) + (unknown.Count > MaximumEntriesShown ? ", …" : "")),
                Remedy.KeepEntries(key, parameter, list.Where(isKnown).ToList()));
        }
    }

    private static Func<string, bool> IsKnownApiKey(AuditedAccount account) =>
        new HashSet<string>(
            account.Data.ApiKeys!.Select(key => key.Hash), EligibilityRules.ApiKeyHashes).Contains;

    private static string ShortenHash(string hash) => hash.Length > 12 ? hash.Remove(8) + "…" : hash;

    private static string ShortenId(string id) => id.Length > 20 ? id.Remove(16) + "…" : id;
}
