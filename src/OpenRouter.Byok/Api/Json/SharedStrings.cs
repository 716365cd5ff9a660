using System;
using System.Text.Json;

namespace OpenRouter.Byok.Api.Json;

/// <summary>
/// Gives the equal short strings of one list, such as provider and workspace, one instance. Not thread-safe: it
/// belongs to one reader. A slot is simply overwritten when two strings meet in it.
/// </summary>
internal sealed class SharedStrings
{
    private readonly Slot[] slots = new Slot[64];

    public string? Get(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String
            || reader.ValueIsEscaped
            || reader.HasValueSequence
            || reader.ValueSpan.IsEmpty)
        {
            return reader.GetString();
        }

        ref var slot = ref slots[Index(reader.ValueSpan)];
        if (slot.Utf8 is null || !reader.ValueSpan.SequenceEqual(slot.Utf8))
        {
            slot = new Slot(reader.GetString()!, reader.ValueSpan.ToArray());
        }

        return slot.Text;
    }

    private static int Index(ReadOnlySpan<byte> value) =>
        ((value[0] * 31) + (value[value.Length / 2] * 17) + (value[value.Length - 1] * 7) + value.Length) & 63;

    /// <summary>A string beside the bytes it was read from, which compare faster than they convert.</summary>
    private readonly record struct Slot(string Text, byte[]? Utf8);
}
