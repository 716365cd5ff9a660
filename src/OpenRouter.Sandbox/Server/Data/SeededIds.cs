using System;
using System.Security.Cryptography;
using System.Text;

namespace OpenRouter.Sandbox.Server;

/// <summary>Ids that look random and are the same in every run, so that printed output can be compared.</summary>
internal sealed class SeededIds
{
    private int count;

    public Guid Next() => Of($"credential created {count++}");

    public static Guid Of(string seed)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public static string Hash(string seed) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));
}
