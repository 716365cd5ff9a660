using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Auditing;

/// <summary>The rule on credits that were spent although there are credentials for the requests.</summary>
internal static class SharedSpendRule
{
    // Less on a day may come from rounding: the API rounds the fee.
    private const decimal MinimumOfDay = 0.01m;

    private const decimal SmallestPercentageShown = 1;

    /// <summary>
    /// Whether requests should be tried on the credential first. One that is only planned has served none.
    /// </summary>
    public static bool IsConcerned(ByokKey key) => !key.Disabled && !key.IsFallback && key.Id.Length > 0;

    public static IEnumerable<RuleViolation> Find(AuditedAccount account)
    {
        var slugs = account.Data.Providers!.ToLookup(provider => provider.Name, provider => provider.Slug);
        return
            from row in account.Data.Activity!
            where row.Day is { } day && account.UsagePeriod.Holds(day)
            from slug in slugs[row.ProviderName ?? ""]
            group row by (Provider: slug, row.WorkspaceId) into rows
            let violation = Find(account, rows.Key.Provider, rows.Key.WorkspaceId, [.. rows])
            where violation is not null
            select violation.Value;
    }

    private static RuleViolation? Find(
        AuditedAccount account, string provider, string? workspaceId, IReadOnlyList<ActivityItem> rows)
    {
        var keys = account.EnabledFor(provider, workspaceId).Where(IsConcerned).ToList();
        var spends = (
            from row in rows
            where row.SharedSpend > 0
            from spend in SpendOf(row, keys)
            group spend by spend.Day into day
            where day.Sum(spend => spend.Amount) >= MinimumOfDay
            from spend in day
            select spend).ToList();
        if (spends.Count == 0)
        {
            return null;
        }

        var largest = spends.GroupBy(spend => spend.Model, EligibilityRules.Models)
            .OrderByDescending(model => model.Sum(spend => spend.Amount))
            .ThenBy(model => model.Key, StringComparer.Ordinal)
            .First();
        var first = keys.First(key => largest.Any(spend => spend.Keys.Contains(key)));
        var areAllForSome = spends.TrueForAll(spend => spend.IsForSomeCallers);
        return new RuleViolation(
            first,
            string.Join(" ", Sentences(account, first, workspaceId, rows, spends)),
            Remedy.Test(first, largest.Key))
        {
            Severity = areAllForSome ? ByokAuditSeverity.Information : null,
        };
    }

    private static IEnumerable<string> Sentences(
        AuditedAccount account,
        ByokKey first,
        string? workspaceId,
        IReadOnlyList<ActivityItem> rows,
        IReadOnlyList<Spend> spends)
    {
        var amount = spends.Sum(spend => spend.Amount);
        var percentage = 100 * amount / rows.Sum(row => row.OwnSpend + row.SharedSpend);
        yield return Messages.Format(
            Messages.FoundSharedSpend,
            spends.Min(spend => spend.Day),
            amount,
            Math.Max(percentage, SmallestPercentageShown));
        // A global credential can be found once for each workspace.
        if (first.WorkspaceId is null && workspaceId is not null)
        {
            yield return Messages.Format(Messages.FoundInWorkspace, account.NameOfWorkspace(workspaceId));
        }

        if (spends.Any(spend => spend.IsForSomeCallers))
        {
            yield return Messages.FoundSpendOfOthers;
        }
    }

    // Nothing, when no credential was there for the whole day and allows the model.
    private static IEnumerable<Spend> SpendOf(ActivityItem row, IEnumerable<ByokKey> keys)
    {
        var day = row.Day!.Value;
        var existing = keys.Where(key => key.CreatedAt is not { } created || created.UtcDateTime <= day).ToList();
        foreach (var model in new[] { row.Model, row.ModelPermaslug }.OfType<string>())
        {
            var allowing = existing.FindAll(
                key => EligibilityRules.MayServe(key, new RequestFilter { Model = model }));
            if (allowing.Count > 0)
            {
                return [new Spend(day, model, row.SharedSpend, allowing)];
            }
        }

        return [];
    }

    /// <summary>What was spent on shared capacity in place of one of the credentials.</summary>
    private sealed record Spend(DateTime Day, string Model, decimal Amount, IReadOnlyList<ByokKey> Keys)
    {
        /// <summary>
        /// Whether each of the credentials is for certain API keys or members only. The spend may be that of others.
        /// </summary>
        public bool IsForSomeCallers => Keys.All(key => RequestScope.AllowedBy(key).RestrictsCallers);
    }
}
