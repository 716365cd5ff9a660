using System;
using System.IO;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.KeyFormats;

/// <summary>Reads the file of a service account into a buffer that is wiped.</summary>
internal static class ServiceAccountFile
{
    // Such a file has about 2,400 bytes.
    private const int MaximumLength = SecretBuffer.MaximumSecretLength;

    /// <exception cref="OpenRouterException">
    /// The file cannot be read. The error does not repeat the path: the JSON itself may have been given for it.
    /// </exception>
    public static SecretBuffer Read(string path)
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
            while (count > 0 && content.Length <= MaximumLength);

            return content.Length <= MaximumLength ? content : throw new OpenRouterException(
                ErrorReason.InvalidArgument, Messages.NotAServiceAccount, Messages.FaultTooLong)
            {
                Advice = Messages.AdviceServiceAccount,
            };
        }
        catch (Exception failure)
        {
            content.Dispose();
            if (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                throw CannotRead(failure is FileNotFoundException or DirectoryNotFoundException);
            }

            throw;
        }
    }

    /// <summary>The JSON in the file, without the mark that some editors begin it with.</summary>
    public static ReadOnlySpan<byte> Json(SecretBuffer content)
    {
        var json = content.Written.Span;
        return json.StartsWith("\uFEFF"u8) ? json.Slice(3) : json;
    }

    private static OpenRouterException CannotRead(bool isMissing) => new(
        ErrorReason.InvalidArgument, isMissing ? Messages.FileNotFound : Messages.FileUnreadable)
    {
        Advice = Messages.AdviceServiceAccount,
    };
}
