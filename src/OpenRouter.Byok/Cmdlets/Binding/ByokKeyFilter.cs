using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>What credentials are looked for, as far as the API cannot filter by it.</summary>
internal sealed record ByokKeyFilter
{
    private static readonly ByokKeyFilter Nothing = new();

    public TextPatterns? Names { get; init; }

    public TextPatterns? Providers { get; init; }

    public ByokKeyState? State { get; init; }

    public string? Model { get; init; }

    public OpenRouterApiKey? ApiKey { get; init; }

    public string? UserId { get; init; }

    public bool IsEmpty => this == Nothing;

    public bool Matches(ByokKey key) =>
        (Names is null || Names.Match(key.Name))
        && (Providers is null || Providers.Match(key.Provider))
        && (State is null || key.Disabled == (State == ByokKeyState.Disabled))
        && EligibilityRules.AllowsModel(key, Model)
        && EligibilityRules.AllowsApiKey(key, ApiKey?.Hash)
        && EligibilityRules.AllowsUser(key, UserId)
        && (ApiKey is null || EligibilityRules.ServesWorkspaceOf(key, ApiKey));
}
