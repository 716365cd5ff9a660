using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;

namespace OpenRouter.Byok.Staging;

/// <summary>The manifest in the repository, from which the staged manifest and the package are made.</summary>
internal sealed class ManifestSource
{
    private readonly Hashtable values;
    private readonly Hashtable galleryValues;

    private ManifestSource(string path)
    {
        Text = File.ReadAllText(path);
        var script = Parser.ParseInput(Text, path, out _, out var errors);
        if (errors.Length > 0)
        {
            throw new InvalidDataException($"{path} cannot be parsed: {errors[0].Message}");
        }

        var table = (HashtableAst)script.Find(static ast => ast is HashtableAst, searchNestedScriptBlocks: false);
        values = (Hashtable)table.SafeGetValue();
        galleryValues = (Hashtable)((Hashtable)values["PrivateData"]!)["PSData"]!;
    }

    public const string FileName = "OpenRouter.Byok.psd1";

    public string Text { get; }

    public string Version => this["ModuleVersion"];

    public string ProjectUri => Gallery("ProjectUri");

    public IEnumerable<string> Cmdlets => Strings(values["CmdletsToExport"]);

    public IEnumerable<string> Tags => Strings(galleryValues["Tags"]);

    public string this[string name] => (string)values[name]!;

    public static ManifestSource Read(string repository) => new(Path.Combine(repository, FileName));

    /// <summary>A value that only galleries read, such as the address of the project.</summary>
    public string Gallery(string name) => (string)galleryValues[name]!;

    private static IEnumerable<string> Strings(object? value) => ((object[])value!).Cast<string>();
}
