using System;
using System.Runtime.InteropServices;
using System.Security;

namespace OpenRouter.Byok.Api.Secrets;

/// <summary>The characters of a SecureString in unmanaged memory, wiped on disposal.</summary>
internal readonly struct SecretText : IDisposable
{
    private readonly IntPtr pointer;
    private readonly int length;

    public SecretText(SecureString secret)
    {
        length = secret.Length;
        pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
    }

    /// <summary>A SecureString of text that was never protected, such as an environment variable.</summary>
    public static SecureString ToSecureString(string text)
    {
        var secret = new SecureString();
        foreach (var character in text)
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }

    public unsafe ReadOnlySpan<char> Characters => new((void*)pointer, length);

    /// <summary>Whether the key is valid in a header as it is: printable ASCII without spaces.</summary>
    public static bool IsValidInHeader(ReadOnlySpan<char> key)
    {
        foreach (var character in key)
        {
            if (character is <= ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => Marshal.ZeroFreeGlobalAllocUnicode(pointer);
}
