using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace OpenRouter.Sandbox.Server;

internal enum FaultKind
{
    None,
    RateLimit,
    Unavailable,
    LostBefore,
    LostAfter,
    Slow,
    Garbage,
    Conflict,
    Forbidden,
}

/// <summary>How the network misbehaves: a rate for each fault, at most one fault a request.</summary>
internal sealed record FaultPlan
{
    public static readonly ImmutableSortedDictionary<string, FaultKind> Names = new Dictionary<string, FaultKind>
    {
        ["rate-limit"] = FaultKind.RateLimit,
        ["unavailable"] = FaultKind.Unavailable,
        ["lost-before"] = FaultKind.LostBefore,
        ["lost-after"] = FaultKind.LostAfter,
        ["slow"] = FaultKind.Slow,
        ["garbage"] = FaultKind.Garbage,
        ["conflict"] = FaultKind.Conflict,
        ["forbidden"] = FaultKind.Forbidden,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private const string RetryAfterName = "retry-after";
    private const string SlowName = "slow-ms";
    private const string SeedName = "seed";

    public ImmutableSortedDictionary<FaultKind, double> Rates { get; init; } =
        ImmutableSortedDictionary<FaultKind, double>.Empty;

    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan SlowDelay { get; init; } = TimeSpan.FromSeconds(2);

    public int Seed { get; init; } = 1;

    /// <summary>Whether only updates have this fault: the API documents 409 and 403 for them.</summary>
    public static bool IsForUpdates(FaultKind kind) => kind is FaultKind.Conflict or FaultKind.Forbidden;

    /// <summary>Reads such as <c>rate-limit=0.2,lost-after=0.1,retry-after=0,seed=7</c>.</summary>
    /// <exception cref="FormatException">The text is no plan; the message is one sentence that says why.</exception>
    public static FaultPlan Parse(string spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var plan = new FaultPlan();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in spec.Split(',', StringSplitOptions.TrimEntries))
        {
            var parts = item.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is not [{ Length: > 0 } name, { Length: > 0 } value])
            {
                throw new FormatException($"Specify faults as name=rate,name=rate. '{item}' is not valid.");
            }

            if (!seen.Add(name))
            {
                throw new FormatException($"The fault setting '{name}' is specified twice.");
            }

            plan = plan.WithSetting(name, value);
        }

        if (plan.Rates.Values.Sum() > 1 + 1e-9)
        {
            throw new FormatException("The rates add up to more than 1, but a request can have only one fault.");
        }

        return plan;
    }

    private FaultPlan WithSetting(string name, string value) => name switch
    {
        RetryAfterName => this with { RetryAfter = TimeSpan.FromSeconds(WholeNumber(name, value)) },
        SlowName => this with { SlowDelay = TimeSpan.FromMilliseconds(WholeNumber(name, value)) },
        SeedName => this with { Seed = WholeNumber(name, value) },
        _ when Names.TryGetValue(name, out var kind) => this with { Rates = Rates.Add(kind, Rate(name, value)) },
        _ => throw new FormatException(
            $"There is no fault setting '{name}'. The settings are {string.Join(", ", Names.Keys)}, "
            + $"{RetryAfterName}, {SlowName}, and {SeedName}."),
    };

    private static int WholeNumber(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"The setting '{name}' requires a whole number of at least 0, not '{value}'.");

    private static double Rate(string name, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate <= 1
            ? rate
            : throw new FormatException($"The rate of '{name}' must be a number from 0 to 1, not '{value}'.");
}
