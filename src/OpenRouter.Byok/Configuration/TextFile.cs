using System;
using System.IO;
using System.Text;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Writes text files whole or not at all.</summary>
internal static class TextFile
{
    /// <param name="path">The whole path.</param>
    /// <param name="text">The text, which is written as UTF-8 without a byte order mark.</param>
    /// <param name="isReplacing">Whether a file that exists is replaced.</param>
    /// <exception cref="OpenRouterException">The file exists, or it cannot be written.</exception>
    public static void Write(string path, string text, bool isReplacing)
    {
        var temporary = Path.Combine(
            Path.GetDirectoryName(path) ?? "", $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            if (isReplacing && File.Exists(path))
            {
                File.Replace(temporary, path, destinationBackupFileName: null);
            }
            else
            {
                File.Move(temporary, path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.ExportFailed, path, failure.Message)
            {
                Advice = Messages.AdviceExportFailed,
            };
        }
        finally
        {
            Delete(temporary);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What went wrong before is what has to be said.
        }
    }
}
