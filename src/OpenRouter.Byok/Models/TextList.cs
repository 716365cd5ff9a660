using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace OpenRouter.Byok;

/// <summary>Several values of one property, such as the countries of a provider's data centers.</summary>
public class TextList : ReadOnlyCollection<string>
{
    internal TextList(IList<string> entries)
        : base(entries)
    {
    }

    /// <summary>The values, separated by semicolons: what Export-Csv writes and New-OpenRouterByokKey reads.</summary>
    public sealed override string ToString() => string.Join(";", this);
}
