using System.Collections.Generic;

namespace OpenRouter.Byok;

/// <summary>The models, API keys or members that a credential is restricted to.</summary>
public sealed class AllowList : TextList
{
    internal AllowList(IList<string> entries)
        : base(entries)
    {
    }
}
