using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenRouter.Byok.Api.Secrets;

/// <summary>The SHA-256 of bytes, as lowercase hexadecimal digits.</summary>
internal static class HashText
{
    public static string Of(ArraySegment<byte> bytes)
    {
#if NET
        var hash = SHA256.HashData(bytes);
#else
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(bytes.Array!, bytes.Offset, bytes.Count);
#endif
        var digits = new StringBuilder(hash.Length * 2);
        foreach (var value in hash)
        {
            digits.Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }

        return digits.ToString();
    }
}
