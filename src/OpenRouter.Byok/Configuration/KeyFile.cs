using System;
using System.IO;
using System.Security;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.KeyFormats;

namespace OpenRouter.Byok.Configuration;

/// <summary>
/// Reads the secret in a file, without what editors add to it: a byte order mark, and a last line break.
/// </summary>
/// <param name="reference">The reference to the file.</param>
/// <param name="currentFolder">The folder for relative paths of a configuration without one.</param>
internal sealed class KeyFile(FileReference reference, string currentFolder)
{
    private const int MaximumBytesOfCharacter = 3;

    // The byte order mark and a line break of Windows.
    private const int MaximumRest = 5;

    private string Folder => reference.Position.Source.Folder ?? currentFolder;

    /// <exception cref="OpenRouterException">
    /// The file cannot be read, or holds no such text. The error has the path as it is written in the configuration.
    /// </exception>
    public SecureString Read()
    {
        using var content = SecretFile.Read(
            FindPath(), (SecretBuffer.MaximumSecretLength * MaximumBytesOfCharacter) + MaximumRest, Describe);
        if (!Utf8File.IsValid(content.Segment))
        {
            throw Unavailable(Messages.KeyFileNotText);
        }

        var text = WithoutLineBreak(SecretFile.Text(content));
        if (text.IsEmpty)
        {
            throw Unavailable(Messages.KeyFileEmpty);
        }

        using var secret = new SecretBuffer(text.Length);
        secret.Append(text);
        return secret.ToSecureString() ?? throw Describe(SecretFileFault.TooLong);
    }

    private string FindPath()
    {
        try
        {
            return Path.GetFullPath(Path.Combine(Folder, reference.Path));
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException or IOException)
        {
            throw Describe(SecretFileFault.Unreadable);
        }
    }

    private static ReadOnlySpan<byte> WithoutLineBreak(ReadOnlySpan<byte> text) => text switch
    {
        [.., (byte)'\r', (byte)'\n'] => text.Slice(0, text.Length - 2),
        [.., (byte)'\n' or (byte)'\r'] => text.Slice(0, text.Length - 1),
        _ => text,
    };

    private OpenRouterException Describe(SecretFileFault fault) => Unavailable(fault switch
    {
        SecretFileFault.Missing => Messages.KeyFileMissing,
        SecretFileFault.Folder => Messages.KeyFileIsFolder,
        SecretFileFault.TooLong => Messages.KeyFileTooLong,
        _ => Messages.KeyFileUnreadable,
    });

    private OpenRouterException Unavailable(string format) => KeyUnavailable.Because(
        reference,
        Messages.Format(Messages.AdviceKeyFile, Folder),
        format,
        reference.Path,
        SecretBuffer.MaximumSecretLength);
}
