using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Takes names of credentials, and in place of a name an object or a UUID that says the id.</summary>
internal sealed class KeyNameArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) switch
        {
            null => null,
            string text => text,
            IEnumerable several and not IDictionary => several.Cast<object?>().Select(NameOf).ToArray(),
            _ => NameOf(inputData),
        };

    private static string? NameOf(object? input) =>
        input is null ? null : KeyIdArgumentAttribute.Instance.Find(input) ?? Arguments.TextOf(input);
}
