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
        {
            Objects.Add(InputObject);
        }
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
    public int? First { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Last { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    protected override void EndProcessing()
    {
        foreach (var item in Chosen())
        {
            if (ExpandProperty is not null)
            {
                WriteExpanded(item, ExpandProperty);
            }
            else
            {
                WriteObject(Property is null ? item : Selected(item, Property));
            }
        }
    }

    // With -Last alone, -Skip counts from the end.
    private IEnumerable<PSObject> Chosen()
    {
        if (First is null && Last is { } last)
        {
            return Objects.SkipLast(Skip).TakeLast(last);
        }

        var skipped = Objects.Skip(Skip).ToList();
        var first = skipped.Take(First ?? skipped.Count).ToList();
        return [.. first, .. skipped.Skip(first.Count).TakeLast(Last ?? 0)];
    }

    private void WriteExpanded(PSObject item, string name)
    {
        if (item.Properties[name] is { } property)
        {
            WriteObject(property.Value, enumerateCollection: true);
            return;
        }

        WriteError(new ErrorRecord(
            new PSArgumentException($"Property \"{name}\" cannot be found."),
            "ExpandPropertyNotFound",
            ErrorCategory.InvalidArgument,
            item));
    }

    private static PSObject Selected(PSObject item, object[] wanted)
    {
        var selected = new PSObject();
        foreach (var property in Of(wanted, item))
        {
            selected.Properties.Add(new PSNoteProperty(property.Name, property.Value(item)));
        }

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
        {
            return;
        }

        var keys = Of(Property ?? [ScriptBlock.Create("$_")], Objects[0]);
        var sorted = Objects.OrderBy(keys[0].Value, ComparerOf(keys[0]));
        WriteObject(
            keys.Skip(1).Aggregate(sorted, (before, key) => before.ThenBy(key.Value, ComparerOf(key))),
            enumerateCollection: true);
    }

    private Comparer<object?> ComparerOf(ObjectProperty key) => (key.Descending ?? Descending)
        ? Comparer<object?>.Create(static (a, b) => Compare(b, a))
        : Comparer<object?>.Create(Compare);
}

[Cmdlet(VerbsData.Group, "Object")]
internal sealed class GroupObjectCmdlet : CollectingCmdlet
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    protected override void EndProcessing()
    {
        // The groups come in the order of their values, each under the name of the first of these.
        var groups = Objects
            .Select(item => (Item: item, Values: ValuesOf(item)))
            .OrderBy(one => one.Values, Comparer<object?[]>.Create(CompareAll))
            .GroupBy(
                one => string.Join(", ", one.Values.Select(Text)),
                one => one.Item,
                StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups)
        {
            var result = new PSObject();
            // The engine has views for these names.
            result.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GroupInfo" + (NoElement ? "NoElement" : null));
            result.Properties.Add(new PSNoteProperty("Count", group.Count()));
            result.Properties.Add(new PSNoteProperty("Name", group.Key));
            if (!NoElement)
            {
                result.Properties.Add(new PSNoteProperty("Group", group.ToArray()));
            }

            WriteObject(result);
        }
    }

    private object?[] ValuesOf(PSObject item) =>
        Property is null ? [item] : [.. Of(Property, item).Select(part => part.Value(item))];

    private static int CompareAll(object?[]? left, object?[]? right) =>
        left!.Zip(right!, Compare).FirstOrDefault(static order => order != 0);
}
