using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Auditing;

/// <summary>Looks up what the chosen rules have to know, and no more. What cannot be looked up stays unknown.</summary>
/// <param name="account">The account to look up in; null when there is no session.</param>
/// <param name="client">Reads the activity; null when there is no session.</param>
/// <param name="began">A list that was read at this time or later is not read again.</param>
/// <param name="observer">Receives what the requests report.</param>
internal sealed class AuditDataLoader(
    AccountCache? account, OpenRouterClient? client, DateTimeOffset began, IClientObserver observer)
{
    private readonly List<string> gaps = [];

    /// <summary>What is looked up even if no rule needs it.</summary>
    public AuditDataKinds Always { get; init; }

    /// <summary>What could not be looked up or read, and which rules suffer.</summary>
    public IReadOnlyList<string> Gaps => gaps;

    public async Task<AuditData> FindAsync(
        IReadOnlyList<AuditRule> rules, IReadOnlyList<ByokKey> keys, CancellationToken cancellationToken)
    {
        var facts = new AuditData();
        var needs = rules.Aggregate(Always, (all, rule) => all | rule.Needs | rule.Uses);
        foreach (var need in Auditor.Split(needs).Where(need => Always.HasFlag(need) || IsOfUse(need, rules, keys)))
        {
            string why;
            try
            {
                if (account is not null && client is not null)
                {
                    facts = await WithAsync(facts, need, account, client, keys, cancellationToken)
                        .ConfigureAwait(false);
                    continue;
                }

                why = Messages.AuditNoSession;
            }
            catch (OpenRouterException failure) when (!failure.EndsCommand)
            {
                why = failure.Message;
            }

            gaps.Add(Messages.Format(
                Messages.AuditIncomplete, NameOf(need), why,
                Names(rule => rule.Needs, need), Names(rule => rule.Uses, need)));
        }

        return facts;

        string Names(Func<AuditRule, AuditDataKinds> part, AuditDataKinds need)
        {
            var names = rules.Where(rule => part(rule).HasFlag(need)).Select(rule => rule.Id.ToString()).ToList();
            return names.Count == 0 ? Messages.AuditNoRules : string.Join(", ", names);
        }
    }

    private async Task<AuditData> WithAsync(
        AuditData facts,
        AuditDataKinds need,
        AccountCache cache,
        OpenRouterClient reader,
        IReadOnlyList<ByokKey> keys,
        CancellationToken cancellationToken)
    {
        switch (need)
        {
            case AuditDataKinds.ApiKeys:
                var apiKeys = await cache.GetApiKeysAsync(began, observer, cancellationToken).ConfigureAwait(false);
                return facts with { ApiKeys = apiKeys };
            case AuditDataKinds.Members:
                // A person's account has none, and the directory has said so.
                var members = await cache.Members.GetAsync(began, observer, cancellationToken).ConfigureAwait(false);
                return members.Count == 0 ? facts
                    : facts with
                    {
                        Members = new HashSet<string>(members.Select(member => member.Id), EligibilityRules.UserIds),
                    };
            case AuditDataKinds.Models:
                var models = await cache.Models.GetAsync(began, observer, cancellationToken).ConfigureAwait(false);
                return facts with { Models = ModelSlug.SetOf(models) };
            case AuditDataKinds.HostedModels:
                var hosted = new Dictionary<string, ISet<string>>(EligibilityRules.Providers);
                var limited = keys.Where(IsLimitedToModels).Select(key => key.Provider);
                foreach (var provider in limited.Distinct(EligibilityRules.Providers))
                {
                    var served = await cache.GetModelsAsync(provider, began, observer, cancellationToken)
                        .ConfigureAwait(false);
                    if (served.Count > 0)
                    {
                        hosted[provider] = ModelSlug.SetOf(served);
                    }
                }

                return facts with { HostedModels = hosted };
            case AuditDataKinds.Providers:
                var providers = await cache.Providers.GetAsync(began, observer, cancellationToken)
                    .ConfigureAwait(false);
                return facts with { Providers = providers };
            default:
                var query = new ActivityQuery(null, null, null, IsSplitByWorkspace: true);
                var rows = await reader.ListActivityAsync(query, observer, cancellationToken).ConfigureAwait(false);
                var undated = rows.Count(row => row.Day is null);
                if (undated > 0)
                {
                    gaps.Add(Messages.Format(Messages.UndatedActivity, undated));
                }

                return facts with { Activity = rows, Workspaces = cache.Workspaces.Last };
        }
    }

    private static bool IsOfUse(AuditDataKinds need, IReadOnlyList<AuditRule> rules, IReadOnlyList<ByokKey> keys) =>
        need switch
        {
            AuditDataKinds.ApiKeys => keys.Any(key => key.AllowedApiKeyHashes is not null)
                || (Has(rules, ByokAuditRule.Unrestricted)
                    && keys.Any(key => !key.Disabled && RequestScope.AllowedBy(key).IsUnrestricted)),
            AuditDataKinds.Members => keys.Any(key => key.AllowedUserIds is not null),
            AuditDataKinds.Models => keys.Any(key => key.AllowedModels is not null),
            AuditDataKinds.HostedModels => keys.Any(IsLimitedToModels),
            AuditDataKinds.Providers =>
                (Has(rules, ByokAuditRule.RegionNotOffered) && keys.Any(key => key.DeclaredRegion is not null))
                    || (Has(rules, ByokAuditRule.SharedSpend) && keys.Any(SharedSpendRule.IsConcerned)),
            _ => keys.Any(SharedSpendRule.IsConcerned),
        };

    private static bool Has(IReadOnlyList<AuditRule> rules, ByokAuditRule id) => rules.Any(rule => rule.Id == id);

    private static bool IsLimitedToModels(ByokKey key) => !key.Disabled && key.AllowedModels is not null;

    private static string NameOf(AuditDataKinds need) => need switch
    {
        AuditDataKinds.ApiKeys => Messages.AuditedApiKeys,
        AuditDataKinds.Members => Messages.AuditedMembers,
        AuditDataKinds.Models => Messages.AuditedModels,
        AuditDataKinds.HostedModels => Messages.AuditedHostedModels,
        AuditDataKinds.Providers => Messages.AuditedProviders,
        _ => Messages.AuditedActivity,
    };
}
