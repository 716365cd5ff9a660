using System;
using System.Buffers;

namespace OpenRouter.Byok.Api.Secrets;

/// <summary>A growing pooled buffer. Each array is wiped before it is returned to the pool.</summary>
/// <param name="capacity">The expected number of bytes.</param>
internal sealed class SecretBuffer(int capacity = 1024) : IBufferWriter<byte>, IDisposable
{
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

    private static void Release(byte[] array)
    {
        Array.Clear(array, 0, array.Length);
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
