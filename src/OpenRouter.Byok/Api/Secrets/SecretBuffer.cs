using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;

namespace OpenRouter.Byok.Api.Secrets;

/// <summary>A growing pooled buffer. Each array is wiped before it is returned to the pool.</summary>
/// <param name="capacity">The expected number of bytes.</param>
internal sealed class SecretBuffer(int capacity = 1024) : IBufferWriter<byte>, IDisposable
{
    /// <summary>The number of characters that a SecureString can hold.</summary>
    public const int MaximumSecretLength = 65536;

    private static readonly char[] EscapedCharacters = CharactersToEscape();

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, Length);

    public ArraySegment<byte> Segment => new(buffer, 0, Length);

    /// <summary>The free space after the written bytes; never empty.</summary>
    public ArraySegment<byte> FreeSegment()
    {
        EnsureFree(1);
        return new(buffer, Length, buffer.Length - Length);
    }

    public void Advance(int count) => Length += count;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    /// <summary>Appends text as UTF-8.</summary>
    public unsafe void Append(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        fixed (char* source = text)
        fixed (byte* target = GetSpan(size))
        {
            Advance(Encoding.UTF8.GetBytes(source, text.Length, target, size));
        }
    }

    /// <summary>Appends text as a JSON string, with its quotation marks.</summary>
    public void AppendJsonString(ReadOnlySpan<char> text)
    {
        Append("\""u8);
        while (text.IndexOfAny(EscapedCharacters) is var index and >= 0)
        {
            Append(text.Slice(0, index));
            Append($"\\u{(int)text[index]:x4}".AsSpan());
            text = text.Slice(index + 1);
        }

        Append(text);
        Append("\""u8);
    }

    /// <summary>The UTF-8 text as a read-only SecureString; null when it is longer than one can be.</summary>
    public unsafe SecureString? ToSecureString()
    {
        // UTF-16 never has more characters than UTF-8 has bytes.
        var size = (Length + 1) * sizeof(char);
        var characters = Marshal.AllocHGlobal(size);
        try
        {
            int count;
            fixed (byte* source = buffer)
            {
                count = Encoding.UTF8.GetChars(source, Length, (char*)characters, Length + 1);
            }

            if (count > MaximumSecretLength)
            {
                return null;
            }

            var secret = new SecureString((char*)characters, count);
            secret.MakeReadOnly();
            return secret;
        }
        finally
        {
            new Span<byte>((void*)characters, size).Clear();
            Marshal.FreeHGlobal(characters);
        }
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(Math.Max(sizeHint, 256));
        return buffer.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        Release(buffer);
        buffer = [];
        Length = 0;
    }

    private void EnsureFree(int count)
    {
        if (buffer.Length - Length >= count)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, Length + count));
        Written.CopyTo(larger);
        Release(buffer);
        buffer = larger;
    }

    private static char[] CharactersToEscape()
    {
        var characters = new char[' ' + 2];
        for (var control = 0; control < ' '; control++)
        {
            characters[control] = (char)control;
        }

        characters[' '] = '"';
        characters[' ' + 1] = '\\';
        return characters;
    }

    private static void Release(byte[] array)
    {
        Array.Clear(array, 0, array.Length);
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
