using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace OpenRouter.Byok;

/// <summary>The models, API keys or members that a credential is restricted to.</summary>
public sealed class AllowList : ReadOnlyCollection<string>
{
    internal AllowList(IList<string> entries)
        : base(entries)
    {
    }

    /// <summary>The entries, separated by semicolons: what Export-Csv writes and New-OpenRouterByokKey reads.</summary>
    public override string ToString() => string.Join(";", this);
}
