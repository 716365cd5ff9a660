using System;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Reads an object that is neither a template nor another reference, and so is for -SecretResolver.</summary>
internal static class ResolverObject
{
    /// <summary>The reference; null when there are errors, such as that there is no -SecretResolver.</summary>
    public static KeyReference? Read(ObjectNode node, bool hasResolver, KeyForm? form, ConfigurationErrors errors)
    {
        if (!hasResolver || node.Properties.Count == 0)
        {
            AddUnknown(node, form, errors);
            return null;
        }

        var before = errors.Count;
        Check(node, errors);
        return errors.Count > before ? null : new ResolverReference(node.Position, node);
    }

    private static void AddUnknown(ObjectNode node, KeyForm? form, ConfigurationErrors errors)
    {
        string[] allowed = [.. NamedReference.Kinds, .. form?.Fields ?? []];
        var list = string.Join(", ", allowed);
        foreach (var property in node.Properties)
        {
            if (KeyLiterals.Nearest(property.Name, allowed) is { } nearest)
            {
                var shown = KeyLiterals.Shown(property.Name);
                errors.Add(property.Position, Messages.UnknownReferenceNearest, list, shown, nearest);
                return;
            }
        }

        errors.Add(node.Position, Messages.UnknownReference, list);
    }

    private static void Check(ConfigurationNode node, ConfigurationErrors errors)
    {
        switch (node)
        {
            case ObjectNode one:
                CheckNames(one, errors);
                foreach (var property in one.Properties)
                {
                    Check(property.Value, errors);
                }

                break;
            case ArrayNode several:
                foreach (var item in several.Items)
                {
                    Check(item, errors);
                }

                break;
            case ValueNode { Value: string text } when KeyLiterals.LooksLikeKey(text):
                errors.Add(node.Position, Messages.LiteralKey);
                break;
        }
    }

    // It becomes an object of PowerShell, whose properties have names that differ by more than case.
    private static void CheckNames(ObjectNode node, ConfigurationErrors errors)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in node.Properties.Where(
            property => property.Name.Length == 0 || !names.Add(property.Name)))
        {
            errors.Add(property.Position, Messages.ResolverProperty, KeyLiterals.Shown(property.Name));
        }
    }
}
