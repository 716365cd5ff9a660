using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Auditing;

/// <summary>Whom and what the allow lists of credentials name.</summary>
internal static class AllowListRules
{
    private const int MaximumListed = 3;

    private const int MaximumEntries = 100;

    public static IEnumerable<RuleViolation> UnknownApiKey(AuditedAccount account) => Unknown(
        account, key => key.AllowedApiKeyHashes, HashIsKnown(account),
        "AllowedApiKeyHash", Messages.FoundUnknownApiKey, Shortened);

    public static IEnumerable<RuleViolation> UnknownMember(AuditedAccount account) => Unknown(
        account, key => key.AllowedUserIds, account.Facts.Members!.Contains,
        "AllowedUserId", Messages.FoundUnknownMember, ShortenedId);

    public static IEnumerable<RuleViolation> UnknownModel(AuditedAccount account) => Unknown(
        account, key => key.AllowedModels, ModelSlug.IsIn(account.Facts.Models!),
        "AllowedModel", Messages.FoundUnknownModel);

    public static IEnumerable<RuleViolation> Unrestricted(AuditedAccount account)
    {
        foreach (var key in account.Enabled.Where(key => Scope.Of(key).IsUnlimited))
        {
            var callers = account.Facts.ApiKeys!
                .Where(caller => !caller.Disabled
                    && !(caller.ExpiresAt <= account.Now)
                    && EligibilityRules.ServesWorkspaceOf(key, caller))
                .ToList();
            if (callers.Count < 2) continue;
            var hashes = callers.Take(MaximumEntries).Select(caller => caller.Hash);
            yield return new RuleViolation(
                key,
                Messages.Format(Messages.FoundUnrestricted, callers.Count),
                Remedy.Set(key, $"-AllowedApiKeyHash {Remedy.List(hashes)}"));
        }
    }

    public static IEnumerable<RuleViolation> Unreachable(AuditedAccount account) =>
        from key in account.Enabled
        let message = WhyUnreachable(key, account)
        where message is not null
        select new RuleViolation(key, message, Remedy.Remove(key));

    private static string? WhyUnreachable(ByokKey key, AuditedAccount account)
    {
        var facts = account.Facts;
        if (key.AllowedModels is { Count: 0 }
            || key.AllowedApiKeyHashes is { Count: 0 }
            || key.AllowedUserIds is { Count: 0 })
        {
            return Messages.FoundEmptyList;
        }

        if (key.AllowedApiKeyHashes is not null && facts.ApiKeys is { } all)
        {
            var callers = all.Where(caller => EligibilityRules.AllowsApiKey(key, caller.Hash)).ToList();
            if (callers.Count == 0) return Messages.FoundNoSuchApiKeys;
            if (!callers.Exists(caller => EligibilityRules.ServesWorkspaceOf(key, caller)))
            {
                return Messages.FoundApiKeysElsewhere;
            }
        }

        if (facts.Members is { } members && key.AllowedUserIds?.Any(members.Contains) is false)
        {
            return Messages.FoundNoSuchMembers;
        }

        if (key.AllowedModels is not { } models) return null;
        if (facts.Models is { } known && !models.Any(ModelSlug.IsIn(known))) return Messages.FoundNoSuchModels;
        return facts.HostedModels is { } hosted
            && hosted.TryGetValue(key.Provider, out var own)
            && !models.Any(ModelSlug.IsIn(own))
                ? Messages.Format(Messages.FoundModelsElsewhere, key.Provider)
                : null;
    }

    private static IEnumerable<RuleViolation> Unknown(
        AuditedAccount account,
        Func<ByokKey, AllowList?> listOf,
        Func<string, bool> isKnown,
        string parameter,
        string message,
        Func<string, string>? show = null)
    {
        foreach (var key in account.Keys)
        {
            var list = listOf(key);
            var unknown = list?.Where(entry => !isKnown(entry)).ToList();
            if (list is null || unknown is not { Count: > 0 }) continue;
            var shown = unknown.Take(MaximumListed).Select(show ?? (entry => entry));
            yield return new RuleViolation(
                key,
                Messages.Format(message, string.Join(", ", shown) + (unknown.Count > MaximumListed ? ", …" : "")),
                Remedy.Keep(key, parameter, list.Where(isKnown).ToList()));
        }
    }

    private static Func<string, bool> HashIsKnown(AuditedAccount account) =>
        new HashSet<string>(
        account.Facts.ApiKeys!.Select(key => key.Hash), EligibilityRules.ApiKeyHashes).Contains;

    private static string Shortened(string hash) => hash.Length > 12 ? hash.Remove(8) + "…" : hash;

    private static string ShortenedId(string id) => id.Length > 20 ? id.Remove(16) + "…" : id;
}
