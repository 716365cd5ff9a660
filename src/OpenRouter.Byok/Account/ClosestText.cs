using System;
using System.Collections.Generic;
using System.Linq;

namespace OpenRouter.Byok.Account;

/// <summary>Finds what somebody who mistyped a name may have meant.</summary>
internal static class ClosestText
{
    /// <summary>The candidate that takes the fewest edits to become; null when all are too far away.</summary>
    public static string? Of(string text, IEnumerable<string> candidates)
    {
        var limit = Math.Max(1, text.Length / 3);
        return candidates
            .Select(candidate => (Text: candidate, Edits: Edits(text, candidate)))
            .Where(one => one.Edits <= limit)
            .OrderBy(one => one.Edits)
            .ThenBy(one => one.Text, StringComparer.Ordinal)
            .Select(one => one.Text)
            .FirstOrDefault();
    }

    // Letters that are inserted, left out, replaced or swapped with their neighbor (optimal string alignment).
    private static int Edits(string one, string other)
    {
        var edits = new int[one.Length + 1, other.Length + 1];
        for (var row = 0; row <= one.Length; row++)
        {
            edits[row, 0] = row;
        }

        for (var column = 0; column <= other.Length; column++)
        {
            edits[0, column] = column;
        }

        for (var row = 1; row <= one.Length; row++)
        {
            for (var column = 1; column <= other.Length; column++)
            {
                var replacing = one[row - 1] == other[column - 1] ? 0 : 1;
                var least = Math.Min(
                    Math.Min(edits[row - 1, column] + 1, edits[row, column - 1] + 1),
                    edits[row - 1, column - 1] + replacing);
                var isSwap = row > 1 && column > 1
                    && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1];
                edits[row, column] = isSwap ? Math.Min(least, edits[row - 2, column - 2] + 1) : least;
            }
        }

        return edits[one.Length, other.Length];
    }
}
