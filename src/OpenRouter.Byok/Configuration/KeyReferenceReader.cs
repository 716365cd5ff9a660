using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Reads where the key of a credential comes from. The key itself never stands in a configuration.</summary>
/// <param name="hasResolver">Whether there is a script block for references of other kinds.</param>
internal sealed class KeyReferenceReader(bool hasResolver)
{
    /// <summary>The reference; null when there are errors. No error repeats a value: it may be the key.</summary>
    /// <param name="node">What the configuration has as key.</param>
    /// <param name="provider">The provider, whose keys may be JSON of a certain form.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public KeyReference? Read(ConfigurationNode node, string provider, ConfigurationErrors errors)
    {
        var before = errors.Count;
        var form = KeyForm.Of(provider);
        switch (node)
        {
            case ValueNode value:
                errors.Add(node.Position, value.Value is null ? Messages.KeyIsNull : Messages.KeyIsLiteral);
                return null;
            case ObjectNode reference when NamedReference.Is(reference, isFree: form is null):
                return NamedReference.Read(reference, errors);
            case ObjectNode other when !IsTemplate(other, form):
                return ResolverObject.Read(other, hasResolver, form, errors);
        }

        var template = new KeyTemplateReader(provider, form, hasResolver, errors).Read(node);
        return errors.Count > before ? null : template;
    }

    private bool IsTemplate(ObjectNode node, KeyForm? form) =>
        form?.IsLike(node) ?? NamedReference.IsIn(node, isExact: hasResolver);
}
