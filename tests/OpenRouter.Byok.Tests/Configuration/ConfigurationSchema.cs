using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Json.Schema;
using OpenRouter.Sandbox;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>The schema of configurations, and what it refuses.</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonDocumentOptions WithComments = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    // What fails there is no error.
    private static readonly string[] Conditions = ["/if/", "/not/", "/contains/"];

    // What has properties as well, but does not describe them.
    private static readonly string[] Rules = ["if", "then", "dependentSchemas", "examples", "default"];

    private static readonly EvaluationOptions List = new() { OutputFormat = OutputFormat.List };

    // A registry of its own: the global one takes each schema only once.
    private static readonly Lazy<JsonSchema> Schema = new(
        () => JsonSchema.Build(Read(Text), new BuildOptions { SchemaRegistry = new SchemaRegistry() }));

    public static string Path { get; } = System.IO.Path.Combine(
        StagedModule.Root, "schema", "openrouter-byok.schema.json");

    public static string Text => File.ReadAllText(Path);

    public static JsonElement Read(string json)
    {
        using var document = JsonDocument.Parse(json, WithComments);
        return document.RootElement.Clone();
    }

    /// <summary>The JSON Pointers of the values that are wrong.</summary>
    public static IReadOnlyList<string> Errors(JsonElement configuration) => Errors(Schema.Value, configuration);

    /// <summary>The same for what another schema describes.</summary>
    public static IReadOnlyList<string> Errors(JsonSchema schema, JsonElement instance)
    {
        var results = schema.Evaluate(instance, List);
        if (results.IsValid)
        {
            return [];
        }

        // A schema fails because of itself or of a schema inside it, which then stands for it.
        var failed = (results.Details ?? []).Prepend(results)
            .Where(static result => !result.IsValid)
            .Select(static result => (Path: $"{result.EvaluationPath}/", Place: result.InstanceLocation.ToString()))
            .Where(static result => !Conditions.Any(result.Path.Contains))
            .ToList();
        return
        [
            .. failed.Where(one => !failed.Any(other => IsInside(other.Path, one.Path))).Select(one => one.Place),
        ];
    }

    /// <summary>All properties that a schema describes for editors, with their paths in it.</summary>
    public static IEnumerable<(string Path, JsonElement Schema)> Properties(JsonElement schema, string path = "")
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            return schema.EnumerateArray().SelectMany((item, index) => Properties(item, $"{path}/{index}"));
        }

        return schema.ValueKind != JsonValueKind.Object
            ? []
            : schema.EnumerateObject()
                .Where(static keyword => !Rules.Contains(keyword.Name))
                .SelectMany(keyword => keyword.Name == "properties"
                    ? keyword.Value.EnumerateObject().SelectMany(property =>
                        Properties(property.Value, $"{path}/{property.Name}").Prepend(
                            ($"{path}/{property.Name}", property.Value)))
                    : Properties(keyword.Value, $"{path}/{keyword.Name}"));
    }

    private static bool IsInside(string inner, string outer) =>
        inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal);
}
