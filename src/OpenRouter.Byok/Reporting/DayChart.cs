using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OpenRouter.Byok.Reporting;

/// <summary>Lays out the bars of a chart of the spend by day.</summary>
internal static class DayChart
{
    private const decimal Height = 100;

    private const decimal SlotWidth = 10;

    private const decimal BarWidth = 4;

    private const decimal Margin = 1;

    /// <summary>The height of what is more than nothing, so that it can be seen.</summary>
    private const decimal SmallestHeight = 0.75m;

    /// <summary>So many days can be named below the bars on a phone.</summary>
    private const int MaximumLabels = 7;

    private const int Digits = 2;

    private static readonly decimal[] TopsOfPower = [0.15m, 0.2m, 0.3m, 0.4m, 0.5m, 0.6m, 0.8m, 1m];

    public static PageDayChart Of(IReadOnlyList<ByokUsage> days)
    {
        var top = RoundUp(days.Select(day => Math.Max(day.OwnSpend, day.CreditsSpent)).DefaultIfEmpty().Max());
        return new PageDayChart
        {
            Width = days.Count * SlotWidth,
            Scale = [.. new[] { top, top / 2, 0 }.Select(amount => amount.ToString("0.############", Invariant))],
            Days = [.. days.Select((day, index) => Bars(day, index, top) with
            {
                Label = IsLabeled(index, days.Count) ? day.Date!.Value.ToString("MMM d", Invariant) : null,
            })],
        };
    }

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static PageDayBars Bars(ByokUsage day, int index, decimal top)
    {
        var own = HeightOf(day.OwnSpend, top);
        var credits = HeightOf(day.CreditsSpent, top);
        var left = index * SlotWidth;
        return new PageDayBars
        {
            Date = day.Date!.Value.ToString("yyyy-MM-dd", Invariant),
            Own = SpendBuilder.Amount(day.OwnSpend),
            Credits = SpendBuilder.Amount(day.CreditsSpent),
            SlotX = left,
            SlotWidth = SlotWidth,
            OwnX = left + Margin,
            OwnY = Height - own,
            OwnHeight = own,
            CreditsX = left + Margin + BarWidth,
            CreditsY = Height - credits,
            CreditsHeight = credits,
            BarWidth = BarWidth,
        };
    }

    // The last day is, and others at equal distances before it.
    private static bool IsLabeled(int index, int count) =>
        (count - 1 - index) % ((count + MaximumLabels - 1) / MaximumLabels) == 0;

    private static decimal HeightOf(decimal amount, decimal top) =>
        amount <= 0 ? 0 : Math.Max(Math.Round(amount / top * Height, Digits), SmallestHeight);

    /// <summary>The next amount that is easy to read, and so is its half.</summary>
    private static decimal RoundUp(decimal amount)
    {
        if (amount <= 0)
        {
            return 1;
        }

        var power = 1m;
        while (power < amount)
        {
            power *= 10;
        }

        while (power / 10 >= amount)
        {
            power /= 10;
        }

        return TopsOfPower.Select(part => part * power).First(top => top >= amount);
    }
}
