using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace OpenRouter.Byok.Api.Secrets;

/// <summary>
/// Text as UTF-8 with all JSON and URL escapes undone. It keeps the position in the original text of each byte.
/// </summary>
internal sealed class UnescapedText
{
    // Each pass undoes one layer of escaping; a message inside a message inside an error has no more layers.
    private const int MaximumLayers = 4;

    private readonly List<Unit> units;

    private UnescapedText(List<Unit> units) => this.units = units;

    public static UnescapedText Of(string text)
    {
        var units = new List<Unit>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var length = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
            foreach (var value in Encoding.UTF8.GetBytes(text.Substring(at, length)))
            {
                units.Add(new Unit(value, at, at + length));
            }

            at += length - 1;
        }

        for (var layer = 0; layer < MaximumLayers; layer++)
        {
            var before = units.Count;
            units = Unescape(units);
            if (units.Count == before)
            {
                break;
            }
        }

        return new UnescapedText(units);
    }

    /// <summary>
    /// Marks the characters of the original text that are part of a sequence shared with the other text.
    /// </summary>
    public void Mark(UnescapedText other, int minimumRunLength, bool[] marks)
    {
        var run = Math.Min(minimumRunLength, other.units.Count);
        if (run == 0)
        {
            return;
        }

        for (var here = 0; here + run <= units.Count; here++)
        {
            for (var there = 0; there + run <= other.units.Count; there++)
            {
                var length = 0;
                while (here + length < units.Count && there + length < other.units.Count
                       && units[here + length].Value == other.units[there + length].Value)
                {
                    length++;
                }

                for (var at = here; length >= run && at < here + length; at++)
                {
                    for (var mark = units[at].Start; mark < units[at].End; mark++)
                    {
                        marks[mark] = true;
                    }
                }
            }
        }
    }

    private static List<Unit> Unescape(List<Unit> units)
    {
        var result = new List<Unit>(units.Count);
        for (var at = 0; at < units.Count;)
        {
            var (bytes, length) = UnescapeAt(units, at);
            var end = units[at + length - 1].End;
            foreach (var value in bytes)
            {
                result.Add(new Unit(value, units[at].Start, end));
            }

            at += length;
        }

        return result;
    }

    private static (byte[] Bytes, int Length) UnescapeAt(List<Unit> units, int at)
    {
        var value = units[at].Value;
        if (value == '%' && Hex(units, at + 1, 2) is { } code)
        {
            return ([(byte)code], 3);
        }

        if (value == '\\' && at + 1 < units.Count)
        {
            var kind = (char)units[at + 1].Value;
            if (kind == 'u' && Hex(units, at + 2, 4) is { } unit)
            {
                return (Encoding.UTF8.GetBytes([(char)unit]), 6);
            }

            if (kind is '"' or '\\' or '/')
            {
                return ([(byte)kind], 2);
            }
        }

        // In form data, + stands for a space; both texts are read the same way.
        return ([value == '+' ? (byte)' ' : value], 1);
    }

    private static int? Hex(List<Unit> units, int at, int digits)
    {
        if (at + digits > units.Count)
        {
            return null;
        }

        var text = new StringBuilder(digits);
        for (var digit = 0; digit < digits; digit++)
        {
            text.Append((char)units[at + digit].Value);
        }

        return int.TryParse(text.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? code
            : null;
    }

    private readonly record struct Unit(byte Value, int Start, int End);
}
