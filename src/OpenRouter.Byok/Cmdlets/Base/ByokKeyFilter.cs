using System;
using System.Linq;

namespace OpenRouter.Byok.Cmdlets;

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
        && Admits(key.AllowedModels, Model)
        && Admits(key.AllowedApiKeyHashes, ApiKey?.Hash)
        && Admits(key.AllowedUserIds, UserId)
        && Serves(key.WorkspaceId, ApiKey?.WorkspaceId);

    private static bool Admits(AllowList? list, string? entry) =>
        entry is null || list is null || list.Contains(entry, StringComparer.OrdinalIgnoreCase);

    private static bool Serves(string? workspaceId, string? ofApiKey) =>
        workspaceId is null
        || ofApiKey is null
        || string.Equals(workspaceId, ofApiKey, StringComparison.OrdinalIgnoreCase);
}
