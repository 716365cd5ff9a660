using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Auditing;

/// <summary>Whom and what the allow lists of credentials name.</summary>
internal static class ReferenceRules
{
    private const int MostListed = 3;

    private const int LongestList = 100;

    public static IEnumerable<Fault> UnknownApiKey(AuditedAccount account) => Unknown(
        account, key => key.AllowedApiKeyHashes, HashIsKnown(account),
        "AllowedApiKeyHash", Messages.FoundUnknownApiKey, Shortened);

    public static IEnumerable<Fault> UnknownMember(AuditedAccount account) => Unknown(
        account, key => key.AllowedUserIds, account.Facts.Members!.Contains,
        "AllowedUserId", Messages.FoundUnknownMember, ShortenedId);

    public static IEnumerable<Fault> UnknownModel(AuditedAccount account) => Unknown(
        account, key => key.AllowedModels, ModelSlug.IsIn(account.Facts.Models!),
        "AllowedModel", Messages.FoundUnknownModel);

    public static IEnumerable<Fault> Unrestricted(AuditedAccount account)
    {
        foreach (var key in account.Enabled.Where(key => Reach.Of(key).IsUnlimited))
        {
            var callers = account.Facts.ApiKeys!
                .Where(caller => !caller.Disabled
                    && !(caller.ExpiresAt <= account.Now)
                    && Eligibility.ServesWorkspaceOf(key, caller))
                .ToList();
            if (callers.Count < 2) continue;
            var hashes = callers.Take(LongestList).Select(caller => caller.Hash);
            yield return new Fault(
                key,
                Text.Of(Messages.FoundUnrestricted, callers.Count),
                Remedy.Set(key, $"-AllowedApiKeyHash {Remedy.List(hashes)}"));
        }
    }

    public static IEnumerable<Fault> Unreachable(AuditedAccount account) =>
        from key in account.Enabled
        let message = WhyUnreachable(key, account)
        where message is not null
        select new Fault(key, message, Remedy.Remove(key));

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
            var callers = all.Where(caller => Eligibility.AllowsApiKey(key, caller.Hash)).ToList();
            if (callers.Count == 0) return Messages.FoundNoSuchApiKeys;
            if (!callers.Exists(caller => Eligibility.ServesWorkspaceOf(key, caller)))
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
                ? Text.Of(Messages.FoundModelsElsewhere, key.Provider)
                : null;
    }

    private static IEnumerable<Fault> Unknown(
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
            var shown = unknown.Take(MostListed).Select(show ?? (entry => entry));
            yield return new Fault(
                key,
                Text.Of(message, string.Join(", ", shown) + (unknown.Count > MostListed ? ", …" : "")),
                Remedy.Keep(key, parameter, list.Where(isKnown).ToList()));
        }
    }

    private static Func<string, bool> HashIsKnown(AuditedAccount account) =>
        new HashSet<string>(
        account.Facts.ApiKeys!.Select(key => key.Hash), Eligibility.ApiKeyHashes).Contains;

    private static string Shortened(string hash) => hash.Length > 12 ? hash.Remove(8) + "…" : hash;

    private static string ShortenedId(string id) => id.Length > 20 ? id.Remove(16) + "…" : id;
}
