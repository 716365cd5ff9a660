using System;

namespace OpenRouter.Byok.Usage;

/// <summary>Amounts as they are shown.</summary>
internal static class UsageText
{
    private const decimal LargeAmount = 100;

    /// <summary>An amount in USD with cents, and small ones with hundredths of cents.</summary>
    public static string Money(decimal amount, IFormatProvider culture) =>
        amount.ToString(Math.Abs(amount) < LargeAmount ? "N4" : "N2", culture);
}
