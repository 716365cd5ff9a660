using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace OpenRouter.Byok;

/// <summary>The fields of a response that this version of the module does not know, by their JSON names.</summary>
/// <remarks>Values are strings, booleans, numbers, null, arrays of these, or nested dictionaries.</remarks>
public sealed class AdditionalProperties : ReadOnlyDictionary<string, object?>
{
    internal static readonly AdditionalProperties None = new(new Dictionary<string, object?>());

    internal AdditionalProperties(IDictionary<string, object?> properties)
        : base(properties)
    {
    }

    /// <summary>The properties as name=value, separated by semicolons; empty when there are none.</summary>
    public override string ToString() => string.Join(";", this.Select(property => $"{property.Key}={property.Value}"));
}
