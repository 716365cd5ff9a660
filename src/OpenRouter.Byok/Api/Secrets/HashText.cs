using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenRouter.Byok.Api.Secrets;

/// <summary>The SHA-256 of bytes or text, written as text.</summary>
internal static class HashText
{
    /// <summary>The hash as lowercase hexadecimal digits.</summary>
    public static string Of(ArraySegment<byte> bytes)
    {
        var hash = Sha256(bytes);
        var digits = new StringBuilder(hash.Length * 2);
        foreach (var value in hash)
        {
            digits.Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }

        return digits.ToString();
    }

    /// <summary>The hash of the text as UTF-8, in Base64, as content security policies write it.</summary>
    public static string Base64Of(string text) =>
        Convert.ToBase64String(Sha256(new ArraySegment<byte>(Encoding.UTF8.GetBytes(text))));

    private static byte[] Sha256(ArraySegment<byte> bytes)
    {
#if NET
        return SHA256.HashData(bytes);
#else
        using var sha = SHA256.Create();
        return sha.ComputeHash(bytes.Array!, bytes.Offset, bytes.Count);
#endif
    }
}
