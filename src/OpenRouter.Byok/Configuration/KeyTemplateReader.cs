using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Reads a key in the provider's own form, with references in the places of its secrets.</summary>
/// <param name="provider">The provider.</param>
/// <param name="form">The form of its keys; null when it is not known.</param>
/// <param name="hasResolver">Whether there is a script block for references of other kinds.</param>
/// <param name="errors">Takes what is wrong.</param>
internal sealed class KeyTemplateReader(string provider, KeyForm? form, bool hasResolver, ConfigurationErrors errors)
{
    private readonly Dictionary<ConfigurationNode, KeyReference> parts = [];

    private bool IsFree => form is null or { IsOpen: true };

    /// <summary>The template, which is of use only if there are no new errors.</summary>
    public KeyTemplate Read(ConfigurationNode node)
    {
        var before = errors.Count;
        var read = ReadForm(node);
        if (parts.Count == 0 && errors.Count == before)
        {
            errors.Add(node.Position, Messages.TemplateWithoutReference);
        }

        return new KeyTemplate(node.Position, read, parts);
    }

    // The names of fields become those of the provider, which PowerShell may write in another case.
    private ConfigurationNode ReadForm(ConfigurationNode node)
    {
        switch (node)
        {
            case ObjectNode when form is { IsArray: true }:
                errors.Add(node.Position, Messages.TemplateNeedsArray, provider);
                break;
            case ArrayNode when form is { IsArray: false }:
                errors.Add(node.Position, Messages.TemplateNeedsObject, provider);
                break;
            case ArrayNode entries when form is not null:
                return new ArrayNode(node.Position, [.. entries.Items.Select(ReadEntry)]);
            case ObjectNode fields:
                return new ObjectNode(node.Position, [.. fields.Properties.Select(ReadField)]);
            default:
                ReadValue(node, field: null);
                break;
        }

        return node;
    }

    private ConfigurationNode ReadEntry(ConfigurationNode entry)
    {
        if (entry is ObjectNode fields)
        {
            return new ObjectNode(entry.Position, [.. fields.Properties.Select(ReadField)]);
        }

        errors.Add(entry.Position, Messages.TemplateEntry, provider);
        return entry;
    }

    private PropertyNode ReadField(PropertyNode property)
    {
        var field = form?.Find(property);
        if (field is null && !IsFree)
        {
            AddUnknownField(property);
            return property;
        }

        ReadValue(property.Value, field ?? property.Name);
        return field is null ? property : new PropertyNode(property.Position, field, property.Value);
    }

    private void ReadValue(ConfigurationNode node, string? field)
    {
        switch (node)
        {
            case ValueNode value:
                CheckConstant(value, field);
                break;
            case ObjectNode reference when NamedReference.Is(reference, IsFree):
                AddPart(node, NamedReference.Read(reference, errors));
                break;
            case ObjectNode inner when IsFree && IsPartOfForm(inner):
                foreach (var property in inner.Properties)
                {
                    ReadValue(property.Value, property.Name);
                }

                break;
            case ObjectNode other:
                AddPart(node, ResolverObject.Read(other, hasResolver, form: null, errors));
                break;
            case ArrayNode items when IsFree:
                foreach (var item in items.Items)
                {
                    ReadValue(item, field);
                }

                break;
            default:
                errors.Add(node.Position, Messages.TemplateFieldValue, field);
                break;
        }
    }

    private bool IsPartOfForm(ObjectNode inner) =>
        !hasResolver || inner.Properties.Count == 0 || NamedReference.IsIn(inner, isExact: true);

    private void AddPart(ConfigurationNode node, KeyReference? reference)
    {
        if (reference is not null)
        {
            parts.Add(node, reference);
        }
    }

    private void CheckConstant(ValueNode constant, string? field)
    {
        if (constant.Value is string text && KeyLiterals.LooksLikeKey(text))
        {
            errors.Add(constant.Position, Messages.LiteralKey);
        }
        else if (constant.Value is not null && KeyLiterals.IsSecretField(field))
        {
            errors.Add(constant.Position, Messages.LiteralKeyPart, KeyLiterals.Shown(field!));
        }
    }

    private void AddUnknownField(PropertyNode property)
    {
        var shown = KeyLiterals.Shown(property.Name);
        var list = string.Join(", ", form!.Fields);
        if (KeyLiterals.Nearest(property.Name, form.Fields) is { } nearest)
        {
            errors.Add(property.Position, Messages.TemplateFieldNearest, shown, provider, list, nearest);
        }
        else
        {
            errors.Add(property.Position, Messages.TemplateField, shown, provider, list);
        }
    }
}
