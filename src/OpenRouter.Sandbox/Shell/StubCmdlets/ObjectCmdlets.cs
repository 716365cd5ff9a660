using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using static OpenRouter.Sandbox.Shell.ObjectProperty;

namespace OpenRouter.Sandbox.Shell;

/// <summary>What these have in common: the objects are looked at when all have come.</summary>
internal abstract class CollectingCmdlet : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected List<PSObject> Objects { get; } = [];

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            Objects.Add(InputObject);
    }
}

[Cmdlet(VerbsCommon.Select, "Object")]
internal sealed class SelectObjectCmdlet : CollectingCmdlet
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = int.MaxValue;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; } = int.MaxValue;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    protected override void EndProcessing()
    {
        foreach (var item in Objects.Skip(Skip).Take(First).TakeLast(Last))
            WriteObject(Selected(item), enumerateCollection: ExpandProperty is not null);
    }

    private object? Selected(PSObject item)
    {
        if (ExpandProperty is not null)
            return item.Properties[ExpandProperty]?.Value;

        if (Property is null)
            return item;

        var selected = new PSObject();
        foreach (var property in Of(Property, item))
            selected.Properties.Add(new PSNoteProperty(property.Name, property.Value(item)));
        return selected;
    }
}

[Cmdlet("Sort", "Object")]
internal sealed class SortObjectCmdlet : CollectingCmdlet
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter Descending { get; set; }

    protected override void EndProcessing()
    {
        if (Objects.Count == 0)
            return;

        var keys = Of(Property ?? [ScriptBlock.Create("$_")], Objects[0]);
        var comparer = Comparer<object?>.Create((a, b) => Descending ? Compare(b, a) : Compare(a, b));
        var sorted = Objects.OrderBy(keys[0].Value, comparer);
        WriteObject(keys.Skip(1).Aggregate(sorted, (before, key) => before.ThenBy(key.Value, comparer)), true);
    }

    private static int Compare(object? left, object? right) =>
        LanguagePrimitives.TryCompare(left, right, ignoreCase: true, out var order)
            ? order
            : string.Compare(Text(left), Text(right), StringComparison.OrdinalIgnoreCase);
}

[Cmdlet(VerbsData.Group, "Object")]
internal sealed class GroupObjectCmdlet : CollectingCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    protected override void EndProcessing()
    {
        var groups = Objects.GroupBy(
            item => string.Join(", ", Of(Property, item).Select(part => Text(part.Value(item)))),
            StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups.OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase))
        {
            var result = new PSObject();
            // The engine has views for these names.
            result.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GroupInfo" + (NoElement ? "NoElement" : null));
            result.Properties.Add(new PSNoteProperty("Count", group.Count()));
            result.Properties.Add(new PSNoteProperty("Name", group.Key));
            if (!NoElement)
                result.Properties.Add(new PSNoteProperty("Group", group.ToArray()));
            WriteObject(result);
        }
    }
}
