using System.Collections;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// Takes texts to look up, and objects that have one of the properties. In place of anything else it puts a mark and a
/// word on its type; an exception would carry the whole input object to PowerShell's error.
/// </summary>
/// <param name="properties">The properties that hold the text, of which the first that is there counts.</param>
internal sealed class LookupArgumentAttribute(params string[] properties) : ArgumentTransformationAttribute
{
    /// <exception cref="OpenRouterException">One of the texts stands in for something else.</exception>
    public static void Check(string[]? texts)
    {
        foreach (var text in texts ?? [])
        {
            if (Arguments.DescriptionIn(text) is { } description)
            {
                throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.NothingToLookUp, description);
            }
        }
    }

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Unwrap(inputData) switch
        {
            null => null,
            IEnumerable several and not (string or IDictionary) => several.Cast<object?>().Select(Read).ToArray(),
            _ => Read(inputData),
        };

    private string? Read(object? input)
    {
        if (input is null || Arguments.Unwrap(input) is string)
        {
            return Arguments.Unwrap(input) as string;
        }

        var found = properties
            .Select(name => PSObject.AsPSObject(input).Properties[name])
            .FirstOrDefault(property => property is not null);
        return Arguments.Unwrap(found?.Value) is string { Length: > 0 } text
            ? text
            : Arguments.Refuse(input);
    }
}
