using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace OpenRouter.Sandbox.Server;

/// <summary>The order of a shuffled list.</summary>
/// <remarks>
/// The place of a credential follows from its id and the seed alone. So pages fit together, and a change of the list
/// moves no other credential.
/// </remarks>
internal sealed class ShuffledOrder(int seed) : IComparer<Credential>
{
    private readonly ulong mask = Mixed((ulong)seed + 1);

    public int Compare(Credential? x, Credential? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var order = Place(x.Id).CompareTo(Place(y.Id));
        return order == 0 ? x.Id.CompareTo(y.Id) : order;
    }

    private ulong Place(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return Mixed(Mixed(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ mask)
            ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
    }

    // The last step of the SplitMix64 generator.
    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
