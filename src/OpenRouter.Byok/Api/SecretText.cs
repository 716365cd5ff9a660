using System;
using System.Runtime.InteropServices;
using System.Security;

namespace OpenRouter.Byok.Api;

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

    public unsafe ReadOnlySpan<char> Characters => new((void*)pointer, length);

    public void Dispose() => Marshal.ZeroFreeGlobalAllocUnicode(pointer);
}
