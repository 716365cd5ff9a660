using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Usage;

/// <summary>Sums up activity. Sums are exact: figures are decimal from the answer to the output.</summary>
internal static class UsageReport
{
    // An estimate is no better than that, and the fee is rounded in what the API gives.
    private const int DigitsOfShare = 4;

    /// <summary>
    /// The lines of the report: days in order, and each of them; of all else what was spent most on first.
    /// </summary>
    public static IReadOnlyList<ByokUsage> Of(
        IReadOnlyList<ActivityItem> items, ByokUsageGrouping by, UsagePeriod period)
    {
        return items.Count == 0 ? [] : Of(GroupsOf(items, by, period), items, by, period);
    }

    /// <summary>The same for groups that were read one by one; what none of them has is a line of its own.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="items">The activity of all of them together, and of what is in no group.</param>
    /// <param name="by">What the groups are.</param>
    /// <param name="period">The days of the report.</param>
    /// <exception cref="OpenRouterException">The groups have more than there is in all.</exception>
    public static IReadOnlyList<ByokUsage> Of(
        IReadOnlyList<UsageGroup> groups,
        IReadOnlyList<ActivityItem> items,
        ByokUsageGrouping by,
        UsagePeriod period)
    {
        List<UsageGroup> all =
        [
            .. groups,
            new UsageGroup(
                by == ByokUsageGrouping.User ? Messages.NoCurrentMember : Messages.NoCurrentApiKey,
                null,
                UsageRemainder.Of(items, groups.SelectMany(group => group.Rows))),
        ];
        return Of(all.FindAll(group => group.Rows.Count > 0), items, by, period);
    }

    private static IReadOnlyList<ByokUsage> Of(
        List<UsageGroup> groups, IReadOnlyList<ActivityItem> items, ByokUsageGrouping by, UsagePeriod period)
    {
        if (groups.Count == 0)
        {
            return [];
        }

        var report = new ByokUsageReport(
            period.From,
            period.To,
            items.Sum(row => row.OwnSpend),
            items.Sum(row => row.Credits),
            groups.Max(group => group.Rows.Sum(row => row.OwnSpend)));
        var lines = groups.Select(group => Line(group, by, report));
        return by == ByokUsageGrouping.Day
            ? [.. lines.OrderBy(line => line.Date)]
            : [.. lines.OrderByDescending(line => line.OwnSpend).ThenByDescending(line => line.CreditsSpent)];
    }

    private static List<UsageGroup> GroupsOf(
        IReadOnlyList<ActivityItem> items, ByokUsageGrouping by, UsagePeriod period)
    {
        if (by == ByokUsageGrouping.Total)
        {
            return [new UsageGroup(null, null, items)];
        }

        if (by == ByokUsageGrouping.Day)
        {
            var rows = items.ToLookup(row => row.Day);
            return [.. DaysOf(period).Select(day => new UsageGroup(day, null, [.. rows[day]]))];
        }

        Func<ActivityItem, string?> name = by switch
        {
            ByokUsageGrouping.Model => item => item.Model,
            ByokUsageGrouping.Provider => item => item.ProviderName,
            _ => item => item.WorkspaceId,
        };
        return
        [
            .. items.GroupBy(name)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new UsageGroup(group.Key, null, [.. group])),
        ];
    }

    private static IEnumerable<DateTime> DaysOf(UsagePeriod period)
    {
        for (var day = period.From; day <= period.To; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    private static ByokUsage Line(UsageGroup group, ByokUsageGrouping by, ByokUsageReport report)
    {
        var (name, id, rows) = group;
        var requests = rows.Sum(Requests);
        return new ByokUsage
        {
            GroupBy = by,
            Date = name as DateTime?,
            Model = by == ByokUsageGrouping.Model ? name as string : null,
            Provider = by == ByokUsageGrouping.Provider ? name as string : null,
            WorkspaceId = by == ByokUsageGrouping.Workspace ? name as string : null,
            ApiKey = by == ByokUsageGrouping.ApiKey ? name as string : null,
            ApiKeyHash = by == ByokUsageGrouping.ApiKey ? id : null,
            User = by == ByokUsageGrouping.User ? name as string : null,
            UserId = by == ByokUsageGrouping.User ? id : null,
            Requests = requests,
            PromptTokens = rows.Sum(row => row.PromptTokens ?? 0),
            CompletionTokens = rows.Sum(row => row.CompletionTokens ?? 0),
            ReasoningTokens = rows.Sum(row => row.ReasoningTokens ?? 0),
            OwnSpend = rows.Sum(row => row.OwnSpend),
            CreditsSpent = rows.Sum(row => row.Credits),
            OwnShare = requests == 0
                ? null
                : Math.Round(rows.Sum(row => Requests(row) * OwnShareOf(row)) / requests, DigitsOfShare),
            Report = report,
        };
    }

    // A row tells what was spent on own keys and in credits, not how many requests were which. Credits up to the fee
    // tell of own keys only; what goes beyond was spent on shared capacity, and the requests are shared out like the
    // money. Nothing spent on own keys is taken for no request on them.
    private static decimal OwnShareOf(ActivityItem row)
    {
        var own = row.OwnSpend;
        return own <= 0 ? 0 : own / (own + row.SharedSpend);
    }

    private static long Requests(ActivityItem row) => row.Requests ?? 0;
}
