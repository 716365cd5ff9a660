using System;
using System.Collections.Generic;

namespace OpenRouter.Byok.Configuration;

/// <summary>
/// Lines and columns of a text, both counted from 1. Columns count UTF-16 characters, as PowerShell and most editors
/// do; a tab is one. Nothing is counted before the first place is asked for.
/// </summary>
internal sealed class TextPositions
{
    // The number of characters is kept for each block, so that long lines are not counted again for each error.
    private const int BlockLength = 1024;

    private readonly int length;
    private readonly Func<int, int> unitAt;
    private readonly Func<int, int> charactersOf;
    private readonly Lazy<Table> table;

    private TextPositions(int length, Func<int, int> unitAt, Func<int, int> charactersOf)
    {
        this.length = length;
        this.unitAt = unitAt;
        this.charactersOf = charactersOf;
        table = new Lazy<Table>(Count);
    }

    /// <summary>Positions whose offsets count the bytes of UTF-8.</summary>
    public static TextPositions OfUtf8(ReadOnlyMemory<byte> text) =>
        new(text.Length, index => text.Span[index], CharactersOfByte);

    /// <summary>Positions whose offsets count characters.</summary>
    public static TextPositions OfText(string text) => new(text.Length, index => text[index], static _ => 1);

    public (int Line, int Column) Locate(int offset)
    {
        var place = Math.Min(offset, length);
        var starts = table.Value.LineStarts;
        var found = starts.BinarySearch(place);
        var line = found < 0 ? ~found : found + 1;
        return (line, CharactersBefore(place) - CharactersBefore(starts[line - 1]) + 1);
    }

    // A character counts where it begins; one that needs four bytes is two in UTF-16.
    private static int CharactersOfByte(int unit) => unit switch
    {
        >= 0x80 and < 0xC0 => 0,
        >= 0xF0 => 2,
        _ => 1,
    };

    private int CharactersBefore(int offset)
    {
        var block = offset / BlockLength;
        var count = table.Value.CharactersBeforeBlocks[block];
        for (var index = block * BlockLength; index < offset; index++)
        {
            count += charactersOf(unitAt(index));
        }

        return count;
    }

    private Table Count()
    {
        var counted = new Table([0], []);
        var count = 0;
        for (var index = 0; index < length; index++)
        {
            if (index % BlockLength == 0)
            {
                counted.CharactersBeforeBlocks.Add(count);
            }

            var unit = unitAt(index);
            count += charactersOf(unit);
            if (unit == '\n' || (unit == '\r' && (index + 1 == length || unitAt(index + 1) != '\n')))
            {
                counted.LineStarts.Add(index + 1);
            }
        }

        counted.CharactersBeforeBlocks.Add(count);
        return counted;
    }

    private sealed record Table(List<int> LineStarts, List<int> CharactersBeforeBlocks);
}
