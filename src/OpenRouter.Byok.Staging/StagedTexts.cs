using System;
using System.IO;
using System.Text.RegularExpressions;

namespace OpenRouter.Byok.Staging;

/// <summary>The texts of the repository that are not staged as they are.</summary>
internal static partial class StagedTexts
{
    private const string RootModule = "'src/OpenRouter.Byok.Staging/NotStaged.psm1'";
    private const string StagedRootModule = "\"$PSEdition/OpenRouter.Byok.dll\"";
    private const string Views = "'src/OpenRouter.Byok/Views/";

    public static void Write(string repository, string module)
    {
        var manifest = ManifestSource.Read(repository);
        File.WriteAllText(Path.Combine(module, ManifestSource.FileName), Manifest(manifest.Text));
        var readme = File.ReadAllText(Path.Combine(repository, "README.md"));
        var pages = $"{manifest.ProjectUri}/blob/v{manifest.Version}/";
        File.WriteAllText(Path.Combine(module, "README.md"), WithAbsoluteLinks(readme, pages));
    }

    // What the source names is where the repository has it, so that editors and the analyzer find it.
    private static string Manifest(string source)
    {
        var text = Comments().Replace(source, "");
        foreach (var path in new[] { RootModule, Views })
        {
            if (!text.Contains(path, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"{ManifestSource.FileName} does not contain {path}.");
            }
        }

        return text.Replace(RootModule, StagedRootModule, StringComparison.Ordinal)
            .Replace(Views, "'", StringComparison.Ordinal);
    }

    // Galleries show the readme without the files that it refers to.
    private static string WithAbsoluteLinks(string markdown, string pages) =>
        RelativeTargets().Replace(markdown, match => "](" + pages + match.Groups["path"].Value);

    [GeneratedRegex(@"^ *#.*\n", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\]\((?![a-z][a-z0-9+.-]*:|#)(?<path>[^)\s]+)", RegexOptions.IgnoreCase)]
    private static partial Regex RelativeTargets();
}
