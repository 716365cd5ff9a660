using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>References as JSON, and as words for messages.</summary>
internal static class KeyReferenceText
{
    private static readonly Dictionary<ConfigurationNode, KeyReference> NoParts = [];

    /// <summary>Writes the reference as it stands in a configuration.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="writer">Takes the JSON.</param>
    /// <param name="isCanonical">
    /// Whether properties are in ordinal order, so that the order in which they were written makes no difference.
    /// </param>
    public static void Write(KeyReference reference, Utf8JsonWriter writer, bool isCanonical)
    {
        switch (reference)
        {
            case EnvironmentReference environment:
                WriteTexts(writer, (NamedReference.Variable, environment.Variable));
                break;
            case SecretReference { Vault: { } vault } secret:
                WriteTexts(writer, (NamedReference.Secret, secret.Secret), (NamedReference.Vault, vault));
                break;
            case SecretReference secret:
                WriteTexts(writer, (NamedReference.Secret, secret.Secret));
                break;
            case FileReference file:
                WriteTexts(writer, (NamedReference.File, file.Path));
                break;
            case ResolverReference resolver:
                WriteNode(resolver.Object, NoParts, writer, isCanonical);
                break;
            case KeyTemplate template:
                WriteNode(template.Form, template.Parts, writer, isCanonical);
                break;
        }
    }

    /// <summary>The JSON by which references to the same thing are equal. Paths are as they are written.</summary>
    public static string Canonical(KeyReference reference)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            Write(reference, writer, isCanonical: true);
        }

        return Encoding.UTF8.GetString(json.ToArray());
    }

    /// <summary>What a message calls it, within a sentence.</summary>
    public static string Describe(KeyReference reference) => reference switch
    {
        EnvironmentReference environment => Messages.Format(Messages.SourceVariable, environment.Variable),
        SecretReference { Vault: { } vault } secret => Messages.Format(
            Messages.SourceSecretOfVault, secret.Secret, vault),
        SecretReference secret => Messages.Format(Messages.SourceSecret, secret.Secret),
        FileReference file => Messages.Format(Messages.SourceFile, file.Path),
        ResolverReference => Messages.SourceResolver,
        _ => Messages.SourceTemplate,
    };

    private static void WriteTexts(Utf8JsonWriter writer, params (string Name, string Text)[] properties)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in properties)
        {
            writer.WriteString(name, text);
        }

        writer.WriteEndObject();
    }

    private static void WriteNode(
        ConfigurationNode node,
        IReadOnlyDictionary<ConfigurationNode, KeyReference> parts,
        Utf8JsonWriter writer,
        bool isCanonical)
    {
        if (parts.TryGetValue(node, out var part))
        {
            Write(part, writer, isCanonical);
            return;
        }

        switch (node)
        {
            case ObjectNode fields:
                writer.WriteStartObject();
                foreach (var property in isCanonical
                    ? fields.Properties.OrderBy(static property => property.Name, StringComparer.Ordinal)
                    : fields.Properties.AsEnumerable())
                {
                    writer.WritePropertyName(property.Name);
                    WriteNode(property.Value, parts, writer, isCanonical);
                }

                writer.WriteEndObject();
                break;
            case ArrayNode items:
                writer.WriteStartArray();
                foreach (var item in items.Items)
                {
                    WriteNode(item, parts, writer, isCanonical);
                }

                writer.WriteEndArray();
                break;
            case ValueNode { Value: string text }:
                writer.WriteStringValue(text);
                break;
            case ValueNode constant:
                writer.WriteRawValue(Json(constant));
                break;
        }
    }

    /// <summary>The JSON of a constant that is no text.</summary>
    public static string Json(ValueNode constant) => constant.Value switch
    {
        NumberText number => number.Text,
        true => "true",
        false => "false",
        _ => "null",
    };
}
