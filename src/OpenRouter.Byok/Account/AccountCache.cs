using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Api.Http;

namespace OpenRouter.Byok.Account;

/// <summary>What a session has seen of its account: for names in place of ids, and for completion.</summary>
internal sealed class SeenAccount(IClock clock)
{
    private const int Most = 5000;

    private readonly ConcurrentDictionary<string, CachedList<OpenRouterApiKey>> apiKeys = new();
    private readonly ConcurrentDictionary<string, OpenRouterApiKey> apiKeysByHash = new();

    public CachedList<OpenRouterWorkspace> Workspaces { get; } = new(clock);

    public CachedList<OpenRouterMember> Members { get; } = new(clock);

    public CachedList<OpenRouterModel> Models { get; } = new(clock);

    public CachedList<OpenRouterProvider> Providers { get; } = new(clock);

    /// <summary>The API keys of a workspace, or of the default one, those that are switched off included.</summary>
    public CachedList<OpenRouterApiKey> ApiKeysOf(string? workspaceId) =>
        apiKeys.GetOrAdd(workspaceId ?? "", _ => new CachedList<OpenRouterApiKey>(clock));

    /// <summary>The API keys that were seen, of whichever workspace.</summary>
    public IReadOnlyList<OpenRouterApiKey> ApiKeys => [.. apiKeysByHash.Values];

    public OpenRouterWorkspace? FindWorkspace(string? id) =>
        Workspaces.Last.FirstOrDefault(
            workspace => string.Equals(workspace.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The workspace as people know it, or as its id alone.</summary>
    public string Describe(string workspaceId) =>
        FindWorkspace(workspaceId) is { Name.Length: > 0 } workspace
            ? $"{workspace.Name} ({workspaceId})"
            : workspaceId;

    public OpenRouterMember? FindMember(string? id) => Members.Last.FirstOrDefault(member => member.Id == id);

    public OpenRouterApiKey? FindApiKey(string hash) => apiKeysByHash.TryGetValue(hash, out var key) ? key : null;

    public void Remember(OpenRouterApiKey key)
    {
        if (apiKeysByHash.Count < Most || apiKeysByHash.ContainsKey(key.Hash)) apiKeysByHash[key.Hash] = key;
    }
}
