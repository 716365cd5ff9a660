using System;
using System.IO;
using System.Threading;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>The content of a file in UTF-8, read as a whole.</summary>
/// <param name="Source">The file, with positions that count bytes of the content.</param>
/// <param name="Content">The content without the mark that some editors begin it with.</param>
internal sealed record ConfigurationFile(ConfigurationSource Source, ReadOnlyMemory<byte> Content)
{
    /// <summary>The longest file that is read, in MB of 1,048,576 bytes.</summary>
    public const int MaximumMegabytes = 20;

    // In milliseconds: how long programs may take from one part of a file that they write to the next.
    private const int MomentOfWriting = 100;

    private const int Megabyte = 1024 * 1024;

    private const int MaximumLength = MaximumMegabytes * Megabyte;

    /// <param name="path">The full path.</param>
    /// <param name="shownName">What errors call it.</param>
    /// <param name="errors">Receives what is wrong with the content.</param>
    /// <returns>The file; null when its content cannot be used, which is an error among the others then.</returns>
    /// <exception cref="OpenRouterException">There is no such file, or it may not be read.</exception>
    public static ConfigurationFile? Read(string path, string shownName, ConfigurationErrors errors)
    {
        if (Directory.Exists(path))
        {
            throw WrongPath(Messages.ConfigurationFolder, shownName);
        }

        var start = new SourcePosition(new ConfigurationSource(shownName), 0);
        try
        {
            return ReadContent(path, start, errors) is { } content ? Decode(path, shownName, content, errors) : null;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException
            or ArgumentException or NotSupportedException)
        {
            throw WrongPath(Messages.ConfigurationFileMissing, shownName);
        }
        catch (UnauthorizedAccessException)
        {
            throw WrongPath(Messages.ConfigurationFileForbidden, shownName);
        }
        catch (IOException)
        {
            errors.Add(start, Messages.ConfigurationFileInUse);
            return null;
        }
    }

    private static ArraySegment<byte>? ReadContent(string path, SourcePosition start, ConfigurationErrors errors)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        // A pipe has neither a length nor a time, and whatever it brings is whole.
        var before = file.CanSeek ? StateOf(path, file) : default;
        if (before.Length > MaximumLength)
        {
            errors.Add(start, Messages.ConfigurationFileTooLong, (double)before.Length / Megabyte, MaximumMegabytes);
            return null;
        }

        using var content = new MemoryStream((int)before.Length);
        var buffer = new byte[81920];
        int count;
        while ((count = file.Read(buffer, 0, buffer.Length)) > 0)
        {
            content.Write(buffer, 0, count);
            if (content.Length > MaximumLength)
            {
                errors.Add(start, Messages.ConfigurationStreamTooLong, MaximumMegabytes);
                return null;
            }
        }

        if (file.CanSeek && HasChanged(before, SettledStateOf(path, file), content.Length))
        {
            errors.Add(start, Messages.ConfigurationFileChanged);
            return null;
        }

        return new ArraySegment<byte>(content.GetBuffer(), 0, (int)content.Length);
    }

    private static (long Length, DateTime Written) StateOf(string path, FileStream file) =>
        (file.Length, File.GetLastWriteTimeUtc(path));

    // What was written a moment ago may be only a part, with more to come.
    private static (long Length, DateTime Written) SettledStateOf(string path, FileStream file)
    {
        var state = StateOf(path, file);
        if (Math.Abs((DateTime.UtcNow - state.Written).TotalMilliseconds) > MomentOfWriting)
        {
            return state;
        }

        Thread.Sleep(MomentOfWriting);
        return StateOf(path, file);
    }

    // Some files that the system makes when they are read have a length of 0.
    private static bool HasChanged((long Length, DateTime) before, (long Length, DateTime) after, long read) =>
        before != after || (after.Length != 0 && after.Length != read);

    private static ConfigurationFile? Decode(
        string path, string shownName, ArraySegment<byte> content, ConfigurationErrors errors)
    {
        var text = Utf8File.WithoutMark(content);
        var source = new ConfigurationSource(shownName, TextPositions.OfUtf8(text).Locate)
        {
            Folder = Path.GetDirectoryName(path),
        };
        var fault = Utf8File.FindFault(text);
        if (fault is { } found)
        {
            var place = found.Line is { } line
                ? new SourcePosition(source, line)
                : new SourcePosition(new ConfigurationSource(shownName), 0);
            errors.Add(place, found.Message);
            return null;
        }

        return new ConfigurationFile(source, text);
    }

    private static OpenRouterException WrongPath(string format, string shownName) =>
        new(ErrorReason.InvalidArgument, format, shownName);
}
