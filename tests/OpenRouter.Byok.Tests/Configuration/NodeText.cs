using System;
using System.Linq;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>Shows nodes and errors as text, to compare them.</summary>
internal static class NodeText
{
    /// <summary>The node as text; <c>isSorted</c> puts properties in the order of their names.</summary>
    public static string Of(ConfigurationNode? node, bool isSorted = false) => node switch
    {
        null => "nothing",
        ObjectNode it => "{" + string.Join(",", it.Properties
            .OrderBy(one => isSorted ? one.Name : "", StringComparer.Ordinal)
            .Select(one => one.Name + ":" + Of(one.Value, isSorted))) + "}",
        ArrayNode it => "[" + string.Join(",", it.Items.Select(item => Of(item, isSorted))) + "]",
        ValueNode { Value: null } => "null",
        ValueNode { Value: bool flag } => flag ? "true" : "false",
        ValueNode { Value: NumberText number } => number.Text,
        ValueNode { Value: string text } => "'" + text + "'",
        _ => "?",
    };

    /// <summary>The lines of the one error that reports everything; none when nothing is wrong.</summary>
    public static string[] Of(ConfigurationErrors errors)
    {
        if (errors.Count == 0)
        {
            return [];
        }

        var failure = Assert.Throws<OpenRouterException>(errors.ThrowIfAny);
        Assert.Equal(ErrorReason.InvalidConfiguration, failure.Reason);
        return failure.Message.Split('\n');
    }
}
