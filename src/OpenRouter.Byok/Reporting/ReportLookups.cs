using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Auditing;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Reporting;

/// <summary>Looks up what a report shows besides the credentials. What cannot be looked up stays unknown.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="account">The account to look up in.</param>
/// <param name="began">A list that was read at this time or later is not read again.</param>
/// <param name="observer">Receives what the requests report.</param>
internal sealed class ReportLookups(
    OpenRouterClient client, AccountCache account, DateTimeOffset began, IClientObserver observer)
{
    public async Task<Result> FindAsync(
        IReadOnlyList<ByokKey> keys, IReadOnlyList<ByokAuditRule> excluded, CancellationToken cancellationToken)
    {
        var gaps = new List<string>();
        var managementKey = await TryAsync(
            Messages.ReportedAccount,
            () => client.GetCurrentKeyAsync(observer, cancellationToken),
            gaps).ConfigureAwait(false);
        // The names stay in the account's cache.
        await TryAsync(
            Messages.ReportedWorkspaces,
            () => account.Workspaces.GetAsync(began, observer, cancellationToken),
            gaps).ConfigureAwait(false);
        var rules = AuditRules.All.Where(rule => !excluded.Contains(rule.Id)).ToList();
        var loader = new AuditDataLoader(account, client, began, observer) { Always = AuditDataKinds.Activity };
        var data = await loader.FindAsync(rules, keys, cancellationToken).ConfigureAwait(false);
        return new Result(managementKey, rules, data, [.. gaps, .. loader.Gaps]);
    }

    private static async Task<T?> TryAsync<T>(string what, Func<Task<T>> find, List<string> gaps)
        where T : class
    {
        try
        {
            return await find().ConfigureAwait(false);
        }
        catch (OpenRouterException failure) when (!failure.EndsCommand)
        {
            gaps.Add(Messages.Format(Messages.ReportIncomplete, what, failure.Message));
            return null;
        }
    }

    /// <summary>What was found.</summary>
    /// <param name="ManagementKey">The key that authorized the requests; null if it could not be looked up.</param>
    /// <param name="Rules">The rules of the audit to check.</param>
    /// <param name="Data">What the rules need, and the activity.</param>
    /// <param name="Gaps">What could not be looked up.</param>
    internal sealed record Result(
        CurrentKey? ManagementKey, IReadOnlyList<AuditRule> Rules, AuditData Data, IReadOnlyList<string> Gaps);
}
