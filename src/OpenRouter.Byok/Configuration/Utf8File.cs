using System;
using System.Linq;
using System.Text;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Whether the bytes of a file are text in UTF-8.</summary>
internal static class Utf8File
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The content without a byte order mark of UTF-8.</summary>
    public static ArraySegment<byte> WithoutMark(ArraySegment<byte> content)
    {
        var length = content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        return new ArraySegment<byte>(content.Array!, content.Offset + length, content.Count - length);
    }

    /// <summary>What is wrong, and the offset of the line if it is one line; null when it is text.</summary>
    public static (string Message, int? Line)? FindFault(ArraySegment<byte> text)
    {
        if (IsBlank(text))
        {
            return (Messages.ConfigurationFileEmpty, null);
        }

        if (IsWide(text))
        {
            return (Messages.ConfigurationFileNotUtf8, null);
        }

        return IsValid(text) ? null : (Messages.ConfigurationLineNotUtf8, FindInvalidLine(text));
    }

    private static bool IsBlank(ArraySegment<byte> text) =>
        text.All(static unit => unit is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n');

    // UTF-16 and UTF-32 begin with a mark of FF FE or FE FF, or else have a zero in their first character.
    private static bool IsWide(ReadOnlySpan<byte> text)
    {
        var first = text.Slice(0, Math.Min(4, text.Length));
        return first.IndexOf((byte)0) >= 0 || first is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
    }

    /// <summary>Whether all bytes are characters of UTF-8.</summary>
    public static bool IsValid(ArraySegment<byte> text)
    {
        try
        {
            Strict.GetCharCount(text.Array!, text.Offset, text.Count);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    // A line break is never a part of another character, so one line at least is invalid by itself.
    private static int FindInvalidLine(ArraySegment<byte> text)
    {
        var start = 0;
        while (true)
        {
            var rest = text.AsSpan(start);
            var length = rest.IndexOf((byte)'\n') is >= 0 and var found ? found + 1 : rest.Length;
            if (length == rest.Length || !IsValid(new(text.Array!, text.Offset + start, length)))
            {
                return start;
            }

            start += length;
        }
    }
}
