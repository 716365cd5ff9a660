using System;
using System.Security;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.KeyFormats;

namespace OpenRouter.Byok.Configuration;

/// <summary>Makes the key of a template: the JSON as it is written, with secrets in the places of references.</summary>
/// <param name="template">The template.</param>
/// <param name="resolve">Returns the secret of a reference.</param>
internal sealed class KeyTemplateText(KeyTemplate template, Func<KeyReference, SecureString> resolve)
{
    // The only field that consists of lines.
    private const string PrivateKey = "private_key";

    /// <exception cref="OpenRouterException">
    /// A secret is not available, or has what no such part has, or the key is longer than a SecureString can be.
    /// </exception>
    public SecureString ToKey()
    {
        using var json = new KeyJson();
        Write(template.Form, field: null, json);
        try
        {
            return json.ToSecureString();
        }
        catch (OpenRouterException tooLong)
        {
            throw KeyUnavailable.Because(template, tooLong);
        }
    }

    private void Write(ConfigurationNode node, string? field, KeyJson json)
    {
        if (template.Parts.TryGetValue(node, out var part))
        {
            json.Value(Check(part, resolve(part), field));
            return;
        }

        switch (node)
        {
            case ObjectNode fields:
                json.Begin('{');
                foreach (var property in fields.Properties)
                {
                    json.Name(property.Name);
                    Write(property.Value, property.Name, json);
                }

                json.End('}');
                break;
            case ArrayNode items:
                json.Begin('[');
                foreach (var item in items.Items)
                {
                    Write(item, field, json);
                }

                json.End(']');
                break;
            case ValueNode { Value: string text }:
                json.Value(text);
                break;
            case ValueNode constant:
                json.JsonValue(KeyReferenceText.Json(constant));
                break;
        }
    }

    // Where it is known what a field holds, JSON in it is a whole key that was specified for a part.
    private static SecureString Check(KeyReference part, SecureString secret, string? field)
    {
        try
        {
            return field is null or PrivateKey
                ? secret
                : KeyInspection.CheckField(secret, field, canBeJson: !KeyLiterals.IsSecretField(field));
        }
        catch (OpenRouterException unusable)
        {
            throw KeyUnavailable.Because(part, unusable);
        }
    }
}
