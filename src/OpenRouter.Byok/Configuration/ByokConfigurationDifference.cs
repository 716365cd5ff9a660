using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>A setting of a credential that differs from a configuration.</summary>
public sealed class ByokConfigurationDifference
{
    /// <summary>The property of the configuration, such as isRequired. For a key, it is key.</summary>
    public string Property { get; internal init; } = "";

    /// <summary>
    /// The value that the credential has: text, true or false, or the entries of a list, with names instead of ids;
    /// null when it has none. For a key, it is the label.
    /// </summary>
    public object? Current { get; internal init; }

    /// <summary>
    /// The value of the configuration, in the same form. For a key, it says where the new key comes from.
    /// </summary>
    public object? Wanted { get; internal init; }

    /// <summary>The property, and the change of its value.</summary>
    public override string ToString() => DisplayText.Escape($"{Property}: {Current ?? "null"} → {Wanted ?? "null"}");
}
