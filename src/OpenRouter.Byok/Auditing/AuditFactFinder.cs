using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Auditing;

/// <summary>Looks up what the chosen rules have to know, and no more. What cannot be looked up stays unknown.</summary>
/// <param name="session">Whom to ask as; null when there is nobody to ask.</param>
/// <param name="began">What was read at this time or later is not asked for again.</param>
/// <param name="observer">Who is told of the requests.</param>
internal sealed class AuditFactFinder(OpenRouterSession? session, DateTimeOffset began, IClientObserver observer)
{
    private readonly List<string> gaps = [];

    /// <summary>What could not be looked up, why, and which rules suffer.</summary>
    public IReadOnlyList<string> Gaps => gaps;

    public async Task<AuditFacts> FindAsync(
        IReadOnlyList<AuditRule> rules, IReadOnlyList<ByokKey> keys, CancellationToken cancellationToken)
    {
        var facts = new AuditFacts();
        var needs = rules.Aggregate(AuditNeeds.None, (all, rule) => all | rule.Needs | rule.Uses);
        foreach (var need in Auditor.Split(needs).Where(need => IsOfUse(need, rules, keys)))
        {
            string why;
            try
            {
                if (session is not null)
                {
                    facts = await WithAsync(facts, need, session, keys, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                why = Messages.AuditNoSession;
            }
            catch (OpenRouterException failure)
                when (failure.Reason is not (ErrorReason.Unauthorized or ErrorReason.SessionClosed))
            {
                why = failure.Message;
            }

            gaps.Add(Text.Of(
                Messages.AuditLeftOut, NameOf(need), why,
                Names(rule => rule.Needs, need), Names(rule => rule.Uses, need)));
        }

        return facts;

        string Names(Func<AuditRule, AuditNeeds> part, AuditNeeds need)
        {
            var names = rules.Where(rule => part(rule).HasFlag(need)).Select(rule => rule.Id.ToString()).ToList();
            return names.Count == 0 ? Messages.AuditNoRules : string.Join(", ", names);
        }
    }

    private async Task<AuditFacts> WithAsync(
        AuditFacts facts,
        AuditNeeds need,
        OpenRouterSession asked,
        IReadOnlyList<ByokKey> keys,
        CancellationToken cancellationToken)
    {
        var directory = asked.Directory;
        switch (need)
        {
            case AuditNeeds.ApiKeys:
                var apiKeys = await directory.ApiKeysAsync(began, observer, cancellationToken).ConfigureAwait(false);
                return facts with { ApiKeys = apiKeys };
            case AuditNeeds.Members:
                // A person's account has none, and the directory has said so.
                var members = await directory.MembersAsync(began, observer, cancellationToken).ConfigureAwait(false);
                return members.Count == 0 ? facts
                    : facts with
                    {
                        Members = new HashSet<string>(members.Select(member => member.Id), Eligibility.UserIds),
                    };
            case AuditNeeds.Models:
                var models = await directory.ModelsAsync(began, observer, cancellationToken).ConfigureAwait(false);
                return facts with { Models = HostedModels.SlugsOf(models) };
            case AuditNeeds.HostedModels:
                var hosts = keys.Where(IsLimitedToModels).Select(key => key.Provider);
                var hosted = new HostedModels(asked, began, observer);
                return facts with
                {
                    HostedModels = await hosted.OfAsync(hosts, cancellationToken).ConfigureAwait(false),
                };
            default:
                var providers = await directory.ProvidersAsync(began, observer, cancellationToken)
                    .ConfigureAwait(false);
                return facts with { Providers = providers };
        }
    }

    private static bool IsOfUse(AuditNeeds need, IReadOnlyList<AuditRule> rules, IReadOnlyList<ByokKey> keys) =>
        need switch
        {
            AuditNeeds.ApiKeys => keys.Any(key => key.AllowedApiKeyHashes is not null)
                || (rules.Any(rule => rule.Id == ByokAuditRule.Unrestricted)
                    && keys.Any(key => !key.Disabled && Reach.Of(key).IsUnlimited)),
            AuditNeeds.Members => keys.Any(key => key.AllowedUserIds is not null),
            AuditNeeds.Models => keys.Any(key => key.AllowedModels is not null),
            AuditNeeds.HostedModels => keys.Any(IsLimitedToModels),
            _ => keys.Any(key => key.DeclaredRegion is not null),
        };

    private static bool IsLimitedToModels(ByokKey key) => !key.Disabled && key.AllowedModels is not null;

    private static string NameOf(AuditNeeds need) => need switch
    {
        AuditNeeds.ApiKeys => Messages.AuditedApiKeys,
        AuditNeeds.Members => Messages.AuditedMembers,
        AuditNeeds.Models => Messages.AuditedModels,
        AuditNeeds.HostedModels => Messages.AuditedHostedModels,
        _ => Messages.AuditedProviders,
    };
}
