using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace OpenRouter.Byok.Staging;

/// <summary>Reads a cmdlet's parameters from the engine, and what they mean from the documentation comments.</summary>
internal sealed class ParameterReader(XmlDocumentation documentation, List<string> problems)
{
    /// <summary>The parameters that the engine adds, in the words of PowerShell's own help.</summary>
    private static readonly Dictionary<string, string> Added = new(StringComparer.Ordinal)
    {
        ["WhatIf"] = "Shows what would happen if the cmdlet ran. Nothing is sent and nothing is changed.",
        ["Confirm"] = "Asks for confirmation before the cmdlet does its work.",
        ["First"] = "Gets only this many objects, counted after -Skip.",
        ["Skip"] = "Leaves out this many objects, then gets the rest.",
        ["IncludeTotalCount"] = "Reports how many objects there are before the objects themselves.",
    };

    /// <summary>Every parameter once: by name, those that the engine adds at the end.</summary>
    public IReadOnlyList<ParameterHelp> All(CmdletInfo command) =>
    [
        .. command.ParameterSets.SelectMany(ShownIn)
            .GroupBy(static parameter => parameter.Name, StringComparer.Ordinal)
            .OrderBy(static group => Added.ContainsKey(group.Key))
            .ThenBy(static group => group.Key, StringComparer.Ordinal)
            .Select(group => Read(command, [.. group])),
    ];

    /// <summary>The parameters of one set in the order in which people write them.</summary>
    public IReadOnlyList<ParameterHelp> InSyntax(CmdletInfo command, CommandParameterSetInfo set) =>
    [
        .. ShownIn(set)
            .OrderBy(static parameter => Added.ContainsKey(parameter.Name))
            .ThenBy(static parameter => PositionOf(parameter) ?? int.MaxValue)
            .ThenByDescending(static parameter => parameter.IsMandatory)
            .Select(parameter => Read(command, [parameter])),
    ];

    private ParameterHelp Read(CmdletInfo command, IReadOnlyList<CommandParameterInfo> uses)
    {
        var parameter = uses[0];
        var property = command.ImplementingType.GetProperty(parameter.Name);
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var isSwitch = type == typeof(SwitchParameter);
        return new ParameterHelp(
            parameter.Name,
            Description(command.Name, parameter.Name, property),
            isSwitch ? nameof(SwitchParameter) : TypeName(type),
            type.FullName!,
            isSwitch,
            Values(type, parameter),
            uses.All(static use => use.IsMandatory),
            uses.Min(PositionOf),
            PipelineInput(uses),
            [.. parameter.Aliases],
            property?.IsDefined(typeof(SupportsWildcardsAttribute)) == true,
            property?.GetCustomAttribute<PSDefaultValueAttribute>() is { } given
                ? given.Help ?? LanguagePrimitives.ConvertTo<string>(given.Value)
                : isSwitch ? "False" : "None");
    }

    private IReadOnlyList<TextBlock> Description(string cmdlet, string name, PropertyInfo? property)
    {
        if (Added.TryGetValue(name, out var known))
        {
            return [new TextBlock(known, BlockKind.Paragraph)];
        }

        var place = $"{cmdlet}: parameter -{name}";
        var comment = property is null ? null : documentation.Of(property);
        var summary = DocumentationText.Blocks(comment?.Element("summary"), documentation, place, problems);
        if (summary.Count == 0)
        {
            problems.Add($"OBK001: {place} has no <summary>");
        }

        return [.. summary, .. DocumentationText.Blocks(comment?.Element("remarks"), documentation, place, problems)];
    }

    private static IEnumerable<CommandParameterInfo> ShownIn(CommandParameterSetInfo set) =>
        set.Parameters.Where(parameter =>
            !Cmdlet.CommonParameters.Contains(parameter.Name) && !IsHidden(parameter, set.Name));

    // A parameter may be hidden in one set and shown in another.
    private static bool IsHidden(CommandParameterInfo parameter, string set) =>
        parameter.Attributes.OfType<ParameterAttribute>().Any(attribute => attribute.DontShow
            && (attribute.ParameterSetName == set
                || attribute.ParameterSetName == ParameterAttribute.AllParameterSets));

    private static int? PositionOf(CommandParameterInfo parameter) =>
        parameter.Position < 0 ? null : parameter.Position;

    private static string PipelineInput(IReadOnlyList<CommandParameterInfo> uses)
    {
        string[] ways =
        [
            .. uses.Any(static use => use.ValueFromPipeline) ? ["ByValue"] : Array.Empty<string>(),
            .. uses.Any(static use => use.ValueFromPipelineByPropertyName) ? ["ByPropertyName"] : Array.Empty<string>(),
        ];
        return ways.Length == 0 ? "False" : $"True ({string.Join(", ", ways)})";
    }

    private static string[] Values(Type type, CommandParameterInfo parameter)
    {
        var set = parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault();
        var element = type.IsArray ? type.GetElementType()! : type;
        return set is not null ? [.. set.ValidValues] : element.IsEnum ? Enum.GetNames(element) : [];
    }

    /// <summary>
    /// The name that Get-Command shows: an accelerator where there is one, without a namespace otherwise.
    /// </summary>
    private static string TypeName(Type type)
    {
        var name = LanguagePrimitives.ConvertTo<string>(type);
        return name[(name.LastIndexOf('.') + 1)..];
    }
}
