using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;

namespace OpenRouter.Sandbox.Shell;

/// <summary>Writes <c>name : value</c> lines: the properties asked for, the module's list view, or all.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
internal sealed class FormatListCmdlet : CollectingCmdlet
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    protected override void EndProcessing()
    {
        if (Objects.Count == 0)
        {
            return;
        }

        var width = Host.UI.RawUI.BufferSize.Width;
        WriteObject(string.Empty);
        foreach (var item in Objects)
        {
            var properties = Property is null
                ? ListView(item) ?? ObjectProperty.All(item)
                : ObjectProperty.Of(Property, item);
            var names = properties.Count == 0 ? 0 : properties.Max(property => property.Name.Length);
            foreach (var property in properties)
            {
                WriteLines(property.Name.PadRight(names) + " : ", ObjectProperty.Text(property.Value(item)), width);
            }

            WriteObject(string.Empty);
        }
    }

    // What does not fit goes on below the value.
    private void WriteLines(string name, string value, int width)
    {
        var room = Math.Max(10, width - name.Length - 1);
        var lines = value.ReplaceLineEndings("\n").Split('\n').SelectMany(line => line.Length == 0
            ? [line]
            : line.Chunk(room).Select(part => new string(part)));
        foreach (var line in lines)
        {
            WriteObject(name + line);
            name = new string(' ', name.Length);
        }
    }

    private List<ObjectProperty>? ListView(PSObject item) =>
        InvokeCommand.InvokeScript("Get-Module")
            .SelectMany(module => ((PSModuleInfo)module.BaseObject).ExportedFormatFiles)
            .SelectMany(file => XDocument.Load(file).Descendants("View"))
            .Where(view => view.Elements("ViewSelectedBy").Elements("TypeName")
                .Any(name => item.TypeNames.Contains(name.Value.Trim())))
            .Elements("ListControl")
            .Select(list => list.Descendants("ListEntry").First().Descendants("ListItem")
                .Where(entry => IsSelected(entry, item)).Select(Item).ToList())
            .FirstOrDefault();

    private static bool IsSelected(XElement entry, PSObject item) =>
        entry.Element("ItemSelectionCondition")?.Element("ScriptBlock")?.Value is not { } condition
        || LanguagePrimitives.IsTrue(ObjectProperty.Computed(string.Empty, ScriptBlock.Create(condition)).Value(item));

    private static ObjectProperty Item(XElement item)
    {
        var (label, name) = (item.Element("Label")?.Value, item.Element("PropertyName")?.Value.Trim());
        if (name is not null)
        {
            return ObjectProperty.Named(name) with { Name = label ?? name };
        }

        var code = item.Element("ScriptBlock")?.Value ?? string.Empty;
        return ObjectProperty.Computed(label ?? string.Empty, ScriptBlock.Create(code));
    }
}

/// <summary>Writes a table of the properties asked for, as wide as its contents.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
internal sealed class FormatTableCmdlet : CollectingCmdlet
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter AutoSize { get; set; }

    protected override void EndProcessing()
    {
        // Without columns the default view is the table.
        if (Property is null || Objects.Count == 0)
        {
            WriteObject(Objects, enumerateCollection: true);
            return;
        }

        var columns = ObjectProperty.Of(Property, Objects[0]);
        var isRight = columns.Select(column => IsRightAligned(column.Value(Objects[0]))).ToArray();
        var rows = Objects.Select(Row).ToList();
        var widths = columns.Select((column, at) =>
            Math.Max(column.Name.Length, rows.Max(row => row[at].Length))).ToArray();
        WriteObject(string.Empty);
        WriteRow(columns.Select(column => column.Name));
        WriteRow(columns.Select(column => new string('-', column.Name.Length)));
        rows.ForEach(WriteRow);
        WriteObject(string.Empty);

        string[] Row(PSObject item) => [.. columns.Select(column => CellText(column.Value(item)))];

        void WriteRow(IEnumerable<string> cells)
        {
            var line = string.Join(' ', cells.Select(Padded)).TrimEnd();
            var room = Math.Max(1, Host.UI.RawUI.BufferSize.Width - 1);
            WriteObject(line.Length <= room ? line : line[..(room - 1)] + '…');
        }

        string Padded(string cell, int at) => isRight[at] ? cell.PadLeft(widths[at]) : cell.PadRight(widths[at]);
    }

    // By the value in the first row, as PowerShell does.
    private static bool IsRightAligned(object? value) => value switch
    {
        PSObject wrapped => IsRightAligned(wrapped.BaseObject),
        Enum or decimal => true,
        _ => value?.GetType().IsPrimitive == true,
    };

    // In a table, and nowhere else, fractions are rounded as the culture does.
    private static string CellText(object? value) => value switch
    {
        PSObject wrapped when wrapped.BaseObject is not PSCustomObject => CellText(wrapped.BaseObject),
        double or float or decimal => ((IFormattable)value).ToString("F", CultureInfo.CurrentCulture),
        _ => ObjectProperty.Text(value),
    };
}
