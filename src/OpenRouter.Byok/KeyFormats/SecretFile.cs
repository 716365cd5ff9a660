using System;
using System.IO;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.KeyFormats;

/// <summary>Reads a file that holds a secret into a buffer that is wiped.</summary>
internal static class SecretFile
{
    /// <param name="path">The whole path.</param>
    /// <param name="maximumLength">The number of bytes that it may have.</param>
    /// <param name="describe">Makes the error of what is wrong with the file.</param>
    /// <exception cref="OpenRouterException">The file cannot be read, or is longer.</exception>
    public static SecretBuffer Read(
        string path, int maximumLength, Func<SecretFileFault, OpenRouterException> describe)
    {
        var content = new SecretBuffer();
        try
        {
            // A buffer of one byte is none, so nothing of the file stays in it.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            int count;
            do
            {
                var free = content.FreeSegment();
                count = file.Read(free.Array!, free.Offset, free.Count);
                content.Advance(count);
            }
            while (count > 0 && content.Length <= maximumLength);

            return content.Length <= maximumLength ? content : throw describe(SecretFileFault.TooLong);
        }
        catch (Exception failure)
        {
            content.Dispose();
            if (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                throw describe(FaultOf(failure, path));
            }

            throw;
        }
    }

    /// <summary>The text in the file, without the mark that some editors begin it with.</summary>
    public static ReadOnlySpan<byte> Text(SecretBuffer content)
    {
        var text = content.Written.Span;
        return text.StartsWith("\uFEFF"u8) ? text.Slice(3) : text;
    }

    private static SecretFileFault FaultOf(Exception failure, string path) => failure switch
    {
        _ when Directory.Exists(path) => SecretFileFault.Folder,
        FileNotFoundException or DirectoryNotFoundException => SecretFileFault.Missing,
        _ => SecretFileFault.Unreadable,
    };
}
