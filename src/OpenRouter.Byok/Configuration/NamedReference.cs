using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>
/// Reads the references that need no script: to an environment variable, a secret of SecretManagement, or a file.
/// </summary>
internal static class NamedReference
{
    public const string Variable = "env";

    public const string Secret = "secret";

    public const string Vault = "vault";

    public const string File = "file";

    /// <summary>The properties that tell such references from each other.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Variable, Secret, File];

    /// <summary>Whether the object is such a reference, be it a wrong one.</summary>
    /// <param name="node">The object.</param>
    /// <param name="isFree">
    /// Whether it stands in JSON of no certain form, in which any property may hold another reference.
    /// </param>
    public static bool Is(ObjectNode node, bool isFree) =>
        KindOf(node) is { } kind && !(isFree && kind.Value is not ValueNode && IsIn(kind.Value, isExact: false));

    /// <summary>Whether there is such a reference in the object or array, or it is one.</summary>
    /// <param name="node">The object or array.</param>
    /// <param name="isExact">Whether only references without errors count.</param>
    public static bool IsIn(ConfigurationNode node, bool isExact) => node switch
    {
        ObjectNode one => (isExact ? IsRight(one) : KindOf(one) is not null)
            || one.Properties.Any(property => IsIn(property.Value, isExact)),
        ArrayNode several => several.Items.Any(item => IsIn(item, isExact)),
        _ => false,
    };

    /// <summary>Reads the object, which is such a reference; null when there are errors.</summary>
    public static KeyReference? Read(ObjectNode node, ConfigurationErrors errors)
    {
        var kind = NameOf(KindOf(node)!.Value);
        var allowed = AllowedWith(kind);
        var texts = new Dictionary<string, string>();
        var before = errors.Count;
        foreach (var property in node.Properties)
        {
            if (Find(property, allowed) is not { } name)
            {
                AddUnknown(property, kind, allowed, errors);
            }
            else if (property.Value is not ValueNode { Value: string text } || string.IsNullOrWhiteSpace(text))
            {
                errors.Add(property.Value.Position, Messages.ReferenceNotText, name);
            }
            else if (KeyLiterals.LooksLikeKey(text))
            {
                errors.Add(property.Value.Position, Messages.LiteralKey);
            }
            else
            {
                texts[name] = text;
            }
        }

        return errors.Count > before ? null : kind switch
        {
            Variable => new EnvironmentReference(node.Position, texts[kind]),
            File => new FileReference(node.Position, texts[kind]),
            _ => new SecretReference(
                node.Position, texts[kind], texts.TryGetValue(Vault, out var vault) ? vault : null),
        };
    }

    private static void AddUnknown(
        PropertyNode property, string kind, IReadOnlyCollection<string> allowed, ConfigurationErrors errors)
    {
        var shown = KeyLiterals.Shown(property.Name);
        var list = string.Join(", ", allowed);
        if (KeyLiterals.Nearest(property.Name, allowed) is { } nearest)
        {
            errors.Add(property.Position, Messages.ReferencePropertyNearest, shown, kind, list, nearest);
        }
        else
        {
            errors.Add(property.Position, Messages.ReferenceProperty, shown, kind, list);
        }
    }

    private static bool IsRight(ObjectNode node) =>
        KindOf(node) is { } kind
        && AllowedWith(NameOf(kind)) is var allowed
        && node.Properties.All(property => Find(property, allowed) is not null
            && property.Value is ValueNode { Value: string text } && !string.IsNullOrWhiteSpace(text));

    private static PropertyNode? KindOf(ObjectNode node) =>
        node.Properties
            .Where(static property => Find(property, Kinds) is not null)
            .Cast<PropertyNode?>()
            .FirstOrDefault();

    private static string NameOf(PropertyNode kind) => Find(kind, Kinds)!;

    private static string? Find(PropertyNode property, IEnumerable<string> names) =>
        names.FirstOrDefault(name => property.Position.Source.Names.Equals(name, property.Name));

    private static string[] AllowedWith(string kind) => kind == Secret ? [Secret, Vault] : [kind];
}
