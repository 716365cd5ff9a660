using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Configuration;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Gets secrets from the script block of -SecretResolver.</summary>
/// <param name="cmdlet">The cmdlet that runs.</param>
/// <param name="resolver">The script block, which gets the object of the configuration as its argument.</param>
internal sealed class ResolverScript(PSCmdlet cmdlet, ScriptBlock resolver)
{
    /// <exception cref="OpenRouterException">It failed, or did not return one SecureString.</exception>
    public SecureString Read(ResolverReference reference) =>
        new SecretScript(cmdlet, reference, Messages.AdviceResolver, Messages.AdviceResolver)
            // No variable of this script hides one that the script block uses.
            .Run("& $args[0] $args[1]", resolver, ObjectOf(reference.Object));

    private static PSObject ObjectOf(ObjectNode node)
    {
        var result = new PSObject();
        foreach (var property in node.Properties)
        {
            result.Properties.Add(new PSNoteProperty(property.Name, ValueOf(property.Value)));
        }

        return result;
    }

    private static object? ValueOf(ConfigurationNode node) => node switch
    {
        ObjectNode inner => ObjectOf(inner),
        ArrayNode items => items.Items.Select(ValueOf).ToArray(),
        ValueNode { Value: NumberText number } => NumberOf(number.Text),
        ValueNode constant => constant.Value,
        _ => null,
    };

    // A number that is too large for them stays as it is written.
    private static object NumberOf(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact
        : text;
}
