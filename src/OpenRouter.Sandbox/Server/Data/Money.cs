using System.Globalization;

namespace OpenRouter.Sandbox.Server;

/// <summary>Amounts in USD, decimal throughout.</summary>
internal static class Money
{
    /// <summary>What OpenRouter charges for the use of the caller's own key, as a share of the price.</summary>
    public const decimal ByokFee = 0.05m;

    private const decimal OneInFull = 1.0000000000000000000000000000m;

    public static decimal Parse(string price) =>
        decimal.Parse(price, NumberStyles.Number, CultureInfo.InvariantCulture);

    /// <summary>The same amount without zeros at the end, which JSON would otherwise show.</summary>
    public static decimal Trimmed(decimal amount) => amount / OneInFull;
}
