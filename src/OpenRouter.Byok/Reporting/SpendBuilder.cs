using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Routing;
using OpenRouter.Byok.Usage;

namespace OpenRouter.Byok.Reporting;

/// <summary>Makes the part of a report that shows what was spent.</summary>
internal sealed class SpendBuilder(ReportData data, ReportNames names)
{
    private const int LongestBar = 100;

    private const int DigitsOfBar = 2;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private readonly IReadOnlyList<ActivityItem> rows =
        [.. data.Activity!.Where(row => row.Day is { } day && data.Period.Holds(day) && IsOfWorkspaces(data, row))];

    public PageSpend Build()
    {
        var days = Usage(ByokUsageGrouping.Day);
        return new PageSpend
        {
            Period = data.Period.From == data.Period.To
                ? Messages.Format(Messages.UsageDay, Day(data.Period.From))
                : Messages.Format(Messages.UsageDays, Day(data.Period.From), Day(data.Period.To)),
            Workspaces = names.Workspaces(data.KnownWorkspaceIds),
            Own = Amount(rows.Sum(row => row.OwnSpend)),
            Credits = Amount(rows.Sum(row => row.Credits)),
            HasUsage = rows.Count > 0,
            Chart = DayChart.Of(days),
            Days = Lines(days),
            Providers = Lines(Usage(ByokUsageGrouping.Provider)),
            Models = Lines(Usage(ByokUsageGrouping.Model)),
        };
    }

    /// <summary>An amount as it is shown, and in full.</summary>
    public static PageAmount Amount(decimal amount) => new(UsageText.Money(amount, Culture), amount);

    private static bool IsOfWorkspaces(ReportData data, ActivityItem row) =>
        data.KnownWorkspaceIds?.Contains(row.WorkspaceId, EligibilityRules.WorkspaceIds) is not false;

    private IReadOnlyList<ByokUsage> Usage(ByokUsageGrouping grouping) => UsageReport.Of(rows, grouping, data.Period);

    private static string Day(DateTime date) => date.ToString("yyyy-MM-dd", Culture);

    private static List<PageUsage> Lines(IReadOnlyList<ByokUsage> usage)
    {
        var largest = usage.Select(line => Math.Max(line.OwnSpend, line.CreditsSpent)).DefaultIfEmpty().Max();
        return [.. usage.Select(line => new PageUsage
        {
            Name = (line.Date is { } date ? Day(date) : null) ?? line.Provider ?? line.Model ?? "",
            Requests = line.Requests.ToString("N0", Culture),
            Tokens = (line.PromptTokens + line.CompletionTokens).ToString("N0", Culture),
            Own = Amount(line.OwnSpend),
            Credits = Amount(line.CreditsSpent),
            OwnPercentage = line.OwnShare is { } share ? (share * 100).ToString("N0", Culture) : null,
            OwnLength = Length(line.OwnSpend),
            CreditsLength = Length(line.CreditsSpent),
        })];

        decimal Length(decimal amount) =>
            largest <= 0 ? 0 : Math.Round(Math.Max(amount, 0) / largest * LongestBar, DigitsOfBar);
    }
}
