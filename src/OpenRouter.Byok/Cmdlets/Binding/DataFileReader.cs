using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Text;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Reads a PowerShell data file, which is one hashtable. Nothing in it runs.</summary>
internal sealed class DataFileReader
{
    private const string PropertyTwice = "DuplicateKeyInHashLiteral";

    private readonly ConfigurationSource source;
    private readonly ConfigurationErrors errors;
    private readonly ObjectBuilder objects;

    private DataFileReader(ConfigurationSource source, ConfigurationErrors errors)
    {
        this.source = source;
        this.errors = errors;
        objects = new ObjectBuilder(source, errors);
    }

    /// <returns>The hashtable; null when there is none, which is an error among the others then.</returns>
    public static ObjectNode? Read(ConfigurationFile file, ConfigurationErrors errors)
    {
        var bytes = file.Content.ToArray();
        var text = Encoding.UTF8.GetString(bytes);
        var source = new ConfigurationSource(file.Source.Name, TextPositions.OfText(text).Locate)
        {
            Folder = file.Source.Folder,
            Names = StringComparer.OrdinalIgnoreCase,
        };
        return DataFileScanner.IsData(text, source, errors) ? new DataFileReader(source, errors).Read(text) : null;
    }

    private ObjectNode? Read(string text)
    {
        var script = Parser.ParseInput(text, out _, out var found);
        // The parser's own messages repeat the text. A name that occurs twice is reported with both places below.
        var faults = found.Where(static fault => fault.ErrorId != PropertyTwice).ToList();
        foreach (var fault in faults)
        {
            errors.Add(PositionOf(fault.Extent), Messages.DataFileSyntax, fault.ErrorId);
        }

        if (faults.Count > 0 || script is null)
        {
            return null;
        }

        if (script.ParamBlock is null && script.EndBlock?.Statements is [var only]
            && ValueOf(only) is HashtableAst hashtable)
        {
            return ReadHashtable(hashtable);
        }

        errors.Add(PositionOf(script.Extent), Messages.DataFileNotHashtable);
        return null;
    }

    private ConfigurationNode Read(ExpressionAst value) => value switch
    {
        HashtableAst hashtable => ReadHashtable(hashtable),
        ArrayExpressionAst array => new ArrayNode(
            PositionOf(array.Extent), [.. array.SubExpression.Statements.SelectMany(ReadItems)]),
        ArrayLiteralAst array => new ArrayNode(PositionOf(array.Extent), [.. array.Elements.Select(Read)]),
        ParenExpressionAst parenthesis => Read(parenthesis.Pipeline),
        StringConstantExpressionAst text => new ValueNode(PositionOf(text.Extent), text.Value),
        ConstantExpressionAst { Value: IFormattable } number => new ValueNode(
            PositionOf(number.Extent), ScalarValue.NumberOf(number.Value)),
        VariableExpressionAst variable when IsConstant(variable, "true") => Flag(variable, true),
        VariableExpressionAst variable when IsConstant(variable, "false") => Flag(variable, false),
        VariableExpressionAst variable when IsConstant(variable, "null") => Flag(variable, null),
        _ => Refuse(value),
    };

    private ConfigurationNode Read(StatementAst statement) =>
        ValueOf(statement) is { } value ? Read(value) : Refuse(statement);

    // As in PowerShell, a list that is the only thing on its line gives its items to the list around it.
    private IEnumerable<ConfigurationNode> ReadItems(StatementAst statement) =>
        Read(statement) is var item && item is ArrayNode list ? list.Items : [item];

    private ObjectNode ReadHashtable(HashtableAst hashtable)
    {
        var properties = new List<PropertyNode>();
        foreach (var (name, value) in hashtable.KeyValuePairs)
        {
            var position = PositionOf(name.Extent);
            if (name is ConstantExpressionAst { Value: { } key })
            {
                properties.Add(new PropertyNode(position, ScalarValue.TextOf(key), Read(value)));
            }
            else
            {
                Refuse(name);
            }
        }

        return objects.Build(PositionOf(hashtable.Extent), properties);
    }

    private ValueNode Flag(VariableExpressionAst variable, bool? value) => new(PositionOf(variable.Extent), value);

    private static bool IsConstant(VariableExpressionAst variable, string name) =>
        !variable.Splatted && variable.VariablePath.UserPath.Equals(name, StringComparison.OrdinalIgnoreCase);

    // The whole statement is the value: nothing is piped, redirected or begun in the background.
    private static ExpressionAst? ValueOf(StatementAst statement) =>
        statement is PipelineAst { PipelineElements: [CommandExpressionAst { Redirections.Count: 0 } only] } pipeline
            && pipeline.Extent.EndOffset == only.Expression.Extent.EndOffset
            ? only.Expression
            : null;

    private ValueNode Refuse(Ast part)
    {
        errors.Add(PositionOf(part.Extent), Messages.DataFileNotData, Messages.DataFileExpression);
        return new ValueNode(PositionOf(part.Extent), null);
    }

    private SourcePosition PositionOf(IScriptExtent extent) => new(source, extent.StartOffset);
}
