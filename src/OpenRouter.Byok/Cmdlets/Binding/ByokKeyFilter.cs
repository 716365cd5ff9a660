using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>What credentials are looked for, as far as the API cannot filter by it.</summary>
internal sealed record ByokKeyFilter
{
    private static readonly ByokKeyFilter Nothing = new();

    public TextPatterns? Names { get; init; }

    public TextPatterns? Providers { get; init; }

    public ByokKeyState? State { get; init; }

    /// <summary>The requests of which the credentials may serve some; null means any.</summary>
    public IReadOnlyList<RequestFilter>? Requests { get; init; }

    public bool IsEmpty => this == Nothing;

    public bool Matches(ByokKey key) =>
        (Names is null || Names.Match(key.Name))
        && (Providers is null || Providers.Match(key.Provider))
        && (State is null || key.Disabled == (State == ByokKeyState.Disabled))
        && (Requests is null || Requests.Any(requests => EligibilityRules.MayServe(key, requests)));
}
