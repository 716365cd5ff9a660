using System.Collections.Generic;

namespace OpenRouter.Byok.Staging;

/// <summary>What <c>Get-Help</c> shows of one cmdlet.</summary>
internal sealed record CmdletHelp(
    string Name,
    string OnlinePage,
    string Synopsis,
    IReadOnlyList<TextBlock> Description,
    IReadOnlyList<IReadOnlyList<ParameterHelp>> Syntax,
    IReadOnlyList<ParameterHelp> Parameters,
    IReadOnlyList<TypeHelp> Inputs,
    IReadOnlyList<TypeHelp> Outputs,
    IReadOnlyList<ExampleHelp> Examples,
    IReadOnlyList<LinkHelp> Links);

/// <summary>A parameter, either in one parameter set or over all of them.</summary>
internal sealed record ParameterHelp(
    string Name,
    IReadOnlyList<TextBlock> Description,
    string TypeName,
    string FullTypeName,
    bool IsSwitch,
    IReadOnlyList<string> Values,
    bool Mandatory,
    int? Position,
    string PipelineInput,
    IReadOnlyList<string> Aliases,
    bool Wildcards,
    string DefaultValue);

/// <summary>A type that goes in or comes out.</summary>
internal sealed record TypeHelp(string Name, string Description);

/// <summary>Commands, and what they show.</summary>
internal sealed record ExampleHelp(string Title, string Code, IReadOnlyList<TextBlock> Remarks);

/// <summary>A related link: a topic without an address, or a page with one.</summary>
internal sealed record LinkHelp(string Text, string Address);

/// <summary>One block of plain text.</summary>
internal sealed record TextBlock(string Text, BlockKind Kind)
{
    public bool IsListItem => Kind is BlockKind.Bullet or BlockKind.Number;
}

/// <summary>What a block of text is.</summary>
internal enum BlockKind
{
    Paragraph,
    Code,
    Bullet,
    Number,
}
