using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OpenRouter.Byok.Staging;

/// <summary>Writes what NuGet packs the staged module by.</summary>
internal static class NuspecWriter
{
    private static readonly XNamespace Nuspec = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";

    public static void Write(string repository, string module, string path)
    {
        var manifest = ManifestSource.Read(repository);
        var package = new XElement(
            Nuspec + "package",
            new XElement(
                Nuspec + "metadata",
                Element("id", Path.GetFileNameWithoutExtension(ManifestSource.FileName)),
                Element("version", manifest.Version),
                Element("authors", manifest["Author"]),
                Element("owners", manifest["CompanyName"]),
                Element("requireLicenseAcceptance", "false"),
                new XElement(Nuspec + "license", new XAttribute("type", "expression"), "MIT"),
                Element("icon", "icon.png"),
                Element("readme", "README.md"),
                Element("projectUrl", manifest.ProjectUri),
                Element("description", manifest["Description"]),
                Element("releaseNotes", manifest.Gallery("ReleaseNotes")),
                Element("copyright", manifest["Copyright"]),
                Element("tags", string.Join(' ', Tags(manifest)))),
            new XElement(Nuspec + "files", Files(module)));
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using var writer = XmlWriter.Create(path, settings);
        package.Save(writer);
    }

    // The PowerShell Gallery is searched by these.
    private static IEnumerable<string> Tags(ManifestSource manifest)
    {
        var cmdlets = manifest.Cmdlets.Order(StringComparer.Ordinal).ToList();
        return [
            .. manifest.Tags, "PSModule", "PSIncludes_Cmdlet",
            .. cmdlets.Select(static name => "PSCmdlet_" + name),
            .. cmdlets.Select(static name => "PSCommand_" + name),
        ];
    }

    // One by one and sorted, since a package holds them in this order and a file system lists them in any.
    private static IEnumerable<XElement> Files(string module) =>
        Directory.EnumerateFiles(module, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(module, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Select(static file => new XElement(
                Nuspec + "file", new XAttribute("src", file), new XAttribute("target", file)));

    private static XElement Element(string name, string value) => new(Nuspec + name, value);
}
