using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>A file that a cmdlet is to write.</summary>
internal sealed record OutputFile
{
    /// <summary>The extensions that it may have, such as .json.</summary>
    public required string[] Extensions { get; init; }

    /// <summary>What is said of another extension.</summary>
    public required string WrongExtension { get; init; }

    /// <summary>What to do about a file that exists.</summary>
    public required string AdviceIfExists { get; init; }

    /// <summary>The whole path of the file.</summary>
    /// <exception cref="OpenRouterException">It cannot be written, or it exists and is not to be replaced.</exception>
    public string Find(PathIntrinsics paths, string path, bool isReplacing)
    {
        var file = new ConfigurationFiles(paths).FullPath(path);
        if (!Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
        {
            throw Invalid(WrongExtension, path, Messages.AdviceExportFailed);
        }

        if (!Directory.Exists(Path.GetDirectoryName(file)))
        {
            throw Invalid(Messages.ExportFolder, path, Messages.AdviceExportFailed);
        }

        if (Directory.Exists(file))
        {
            throw Invalid(Messages.ExportToFolder, path, Messages.AdviceExportFailed);
        }

        return File.Exists(file) && !isReplacing
            ? throw Invalid(Messages.ExportWithoutForce, path, AdviceIfExists)
            : file;
    }

    private static OpenRouterException Invalid(string format, string path, string advice) =>
        new(ErrorReason.InvalidArgument, format, path) { Advice = advice };
}
