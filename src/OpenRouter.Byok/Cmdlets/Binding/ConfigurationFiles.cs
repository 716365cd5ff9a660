using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Finds and reads the files of -Path and -LiteralPath.</summary>
/// <param name="paths">The paths of the session, with its current location.</param>
internal sealed class ConfigurationFiles(PathIntrinsics paths)
{
    private const string DataFileExtension = ".psd1";

    private static readonly StringComparer FileNames =
        Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Reads each file once, in the order of their paths.</summary>
    /// <param name="given">The paths.</param>
    /// <param name="isLiteral">Whether wildcard characters stand for themselves.</param>
    /// <param name="errors">Receives what is wrong with the contents of all files.</param>
    /// <returns>What the files hold that can be read.</returns>
    /// <exception cref="OpenRouterException">A path leads to no file that can be read.</exception>
    public IReadOnlyList<ConfigurationNode> Read(
        IEnumerable<string> given, bool isLiteral, ConfigurationErrors errors)
    {
        var files = given.SelectMany(path => isLiteral || !WildcardPattern.ContainsWildcardCharacters(path)
                ? [FindFile(path, isLiteral)]
                : FindFiles(path))
            .Distinct(FileNames)
            .OrderBy(static file => file, StringComparer.Ordinal)
            .ToList();
        return [.. files.Select(file => Read(file, errors)).OfType<ConfigurationNode>()];
    }

    /// <summary>The whole path of a file that need not exist, in which no character is a wildcard.</summary>
    /// <exception cref="OpenRouterException">It is no path of the file system.</exception>
    public string FullPath(string path) => FindFile(path, isLiteral: true);

    private ConfigurationNode? Read(string path, ConfigurationErrors errors) =>
        ConfigurationFile.Read(path, ShownName(path), errors) switch
        {
            null => null,
            var file when IsDataFile(path) => DataFileReader.Read(file, errors),
            var file => JsonNodeReader.Read(file, errors),
        };

    private static bool IsDataFile(string path) =>
        Path.GetExtension(path).Equals(DataFileExtension, StringComparison.OrdinalIgnoreCase);

    // Escaped wildcard characters stand for themselves where a path may have wildcards.
    private string FindFile(string path, bool isLiteral) => Resolve(path, () =>
    {
        var literal = isLiteral ? path : WildcardPattern.Unescape(path);
        var file = paths.GetUnresolvedProviderPathFromPSPath(literal, out var provider, out _);
        return (provider, [file]);
    }).Single();

    // Folders match too, and hold files that were not asked for.
    private List<string> FindFiles(string path)
    {
        var found = Resolve(path, () =>
        {
            var files = paths.GetResolvedProviderPathFromPSPath(path, out var provider);
            return (provider, files);
        }).Where(static file => !Directory.Exists(file)).ToList();
        return found.Count > 0 ? found : throw WrongPath(Messages.ConfigurationNoFile, path);
    }

    private static IEnumerable<string> Resolve(string path, Func<(ProviderInfo, IEnumerable<string>)> find)
    {
        try
        {
            var (provider, files) = find();
            return provider.Name == "FileSystem"
                ? [.. files.Select(Path.GetFullPath)]
                : throw WrongPath(Messages.ConfigurationNotInFileSystem, path);
        }
        catch (ItemNotFoundException)
        {
            throw WrongPath(Messages.ConfigurationNoFile, path);
        }
        catch (Exception failure) when (failure is RuntimeException or ArgumentException or NotSupportedException
            or IOException)
        {
            throw WrongPath(Messages.ConfigurationNotInFileSystem, path);
        }
    }

    private string ShownName(string path)
    {
        var folder = paths.CurrentFileSystemLocation.ProviderPath;
        var start = folder.EndsWith($"{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? folder
            : folder + Path.DirectorySeparatorChar;
        return path.StartsWith(start, StringComparison.Ordinal) ? path.Substring(start.Length) : path;
    }

    private static OpenRouterException WrongPath(string format, string path) =>
        new(ErrorReason.InvalidArgument, format, path);
}
