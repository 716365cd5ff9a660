using System;
using System.Collections.Generic;

namespace OpenRouter.Byok;

/// <summary>A writable field of a credential: its names, and what its values mean.</summary>
/// <param name="jsonName">The JSON name, such as is_fallback.</param>
/// <param name="property">The property of <see cref="ByokKey"/>, which -WhatIf shows.</param>
/// <param name="parameter">The parameter of New-OpenRouterByokKey.</param>
internal abstract class CredentialSetting(string jsonName, string property, string parameter)
{
    public string JsonName { get; } = jsonName;

    public string Property { get; } = property;

    public string Parameter { get; } = parameter;

    /// <summary>The parameter of Set-OpenRouterByokKey.</summary>
    public string SetParameter { get; init; } = parameter;

    /// <summary>What -Clear calls it.</summary>
    public virtual string ClearName => Parameter;

    /// <summary>What null means, as -WhatIf shows it; null when the API takes no null for it.</summary>
    public string? NullText { get; init; }

    public bool IsClearable => NullText is not null;

    /// <summary>The properties of a piped object that hold it, of which the first that has a value counts.</summary>
    public IReadOnlyList<string> PipedNames { get; init; } = property == parameter ? [property] : [property, parameter];

    /// <summary>Whether a parameter of New or Set gives the setting.</summary>
    public virtual bool IsGivenBy(string name) => name == Parameter || name == SetParameter;

    public abstract object? ValueOf(ByokKey key);
}

/// <summary>A setting whose values are of the type <typeparamref name="T"/>.</summary>
internal class CredentialSetting<T>(string jsonName, string property, string parameter, Func<ByokKey, T> valueOf)
    : CredentialSetting(jsonName, property, parameter)
{
    public override object? ValueOf(ByokKey key)
    {
        var value = valueOf(key);
        return value is bool flag ? BooleanBox.Of(flag) : value;
    }
}
