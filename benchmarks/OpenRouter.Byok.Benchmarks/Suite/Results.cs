using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Benchmarks.Suite;

/// <summary>All that was measured, by row and contender.</summary>
internal sealed class Results
{
    private readonly Dictionary<(Row Row, string Contender), List<double>> samples = [];

    public void Add(Row row, string contender, double value)
    {
        if (!samples.TryGetValue((row, contender), out var list))
        {
            samples.Add((row, contender), list = []);
        }

        list.Add(value);
    }

    public double? Median(Row row, string contender)
    {
        if (!samples.TryGetValue((row, contender), out var list))
        {
            return null;
        }

        var sorted = list.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The first row of a work, which is the one its goals are about.</summary>
    public double? Median(string work, string contender) =>
        Median(Works.All.Single(candidate => candidate.Name == work).Rows[0], contender);

    /// <summary>The median of the ratios of each round, so that what slows a whole round counts for neither.</summary>
    public double? Ratio(Row row, string contender, string to)
    {
        if (!samples.TryGetValue((row, contender), out var list)
            || !samples.TryGetValue((row, to), out var others))
        {
            return null;
        }

        var sorted = list.Zip(others, (own, other) => own / other).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    public double? Ratio(string work, string contender, string to) =>
        Ratio(Works.All.Single(candidate => candidate.Name == work).Rows[0], contender, to);
}
