using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Api.Paging;
using OpenRouter.Byok.Routing;

namespace OpenRouter.Byok.Account;

/// <summary>
/// What a session has read of its account: whole lists, which are read again only when they are too old for the caller,
/// and what ids and hashes stand for. Thread-safe.
/// </summary>
/// <remarks>
/// The methods that end in Async send requests where they must, and throw what <see cref="LookupClient"/> throws. The
/// others send none: they tell what was read before, however long ago.
/// </remarks>
internal sealed class AccountCache(LookupClient client, IClock clock)
{
    private const int MaximumConcurrentWorkspaces = 8;

    private const int MaximumApiKeys = 5000;

    private readonly ConcurrentDictionary<string, CachedList<OpenRouterModel>> modelsByProvider =
        new(EligibilityRules.Providers);

    private readonly ConcurrentDictionary<string, CachedList<OpenRouterApiKey>> apiKeysByWorkspace =
        new(EligibilityRules.WorkspaceIds);

    private readonly ConcurrentDictionary<string, OpenRouterApiKey> apiKeysByHash = new(EligibilityRules.ApiKeyHashes);

    public CachedList<OpenRouterWorkspace> Workspaces { get; } =
        new(clock, (observer, stop) => AllOf(client.ReadAsync(WorkspaceEntry.List, observer, stop)));

    /// <summary>The members of the organization; none for a personal account.</summary>
    public CachedList<OpenRouterMember> Members { get; } =
        new(clock, (observer, stop) => AllOf(client.ReadMembersAsync(observer, stop)));

    public CachedList<OpenRouterModel> Models { get; } =
        new(clock, (observer, stop) => client.ListModelsAsync(null, observer, stop));

    public CachedList<OpenRouterProvider> Providers { get; } = new(clock, client.ListProvidersAsync);

    /// <summary>The API keys that were read, of whichever workspace.</summary>
    public IReadOnlyList<OpenRouterApiKey> ApiKeys => [.. apiKeysByHash.Values];

    /// <summary>The provider credentials that were read.</summary>
    public ByokKeyCache ByokKeys { get; } = new(clock);

    public OpenRouterWorkspace? FindWorkspace(string? id) =>
        Workspaces.Last.FirstOrDefault(workspace => EligibilityRules.WorkspaceIds.Equals(workspace.Id, id));

    public OpenRouterMember? FindMember(string? id) =>
        Members.Last.FirstOrDefault(member => EligibilityRules.UserIds.Equals(member.Id, id));

    public OpenRouterApiKey? FindApiKey(string hash) => apiKeysByHash.TryGetValue(hash, out var key) ? key : null;

    /// <summary>The name of the workspace with its id, or the id alone when the name is not known.</summary>
    public string DescribeWorkspace(string id) =>
        FindWorkspace(id) is { Name.Length: > 0 } workspace ? $"{workspace.Name} ({id})" : id;

    /// <summary>Keeps API keys that were read by other means than this class.</summary>
    public void Add(IEnumerable<OpenRouterApiKey> apiKeys)
    {
        foreach (var key in apiKeys)
        {
            if (apiKeysByHash.Count < MaximumApiKeys || apiKeysByHash.ContainsKey(key.Hash))
            {
                apiKeysByHash[key.Hash] = key;
            }
        }
    }

    /// <summary>The models that a provider serves; none for a provider that OpenRouter does not list.</summary>
    /// <param name="providerSlug">The provider.</param>
    /// <param name="notBefore">A list that was read at this time or later is not read again; so below.</param>
    /// <param name="observer">Receives what the requests report.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<IReadOnlyList<OpenRouterModel>> GetModelsAsync(
        string providerSlug, DateTimeOffset notBefore, IClientObserver observer, CancellationToken cancellationToken)
    {
        // The API filters models by the names of providers.
        var listed = await Providers.GetAsync(notBefore, observer, cancellationToken).ConfigureAwait(false);
        var provider = listed.FirstOrDefault(one => EligibilityRules.Providers.Equals(one.Slug, providerSlug));
        if (provider is null)
        {
            return [];
        }

        var models = modelsByProvider.GetOrAdd(provider.Name, name => new CachedList<OpenRouterModel>(
            clock, (stream, stop) => client.ListModelsAsync([name], stream, stop)));
        return await models.GetAsync(notBefore, observer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The API keys of a workspace, disabled ones included; null means the default workspace.</summary>
    public Task<IReadOnlyList<OpenRouterApiKey>> GetApiKeysAsync(
        string? workspaceId, DateTimeOffset notBefore, IClientObserver observer, CancellationToken cancellationToken)
    {
        return apiKeysByWorkspace
            .GetOrAdd(workspaceId ?? "", _ => new CachedList<OpenRouterApiKey>(clock, ReadAsync))
            .GetAsync(notBefore, observer, cancellationToken);

        async Task<IReadOnlyList<OpenRouterApiKey>> ReadAsync(IClientObserver stream, CancellationToken stop)
        {
            var keys = await AllOf(client.ReadApiKeysAsync(workspaceId, includeDisabled: true, stream, stop))
                .ConfigureAwait(false);
            Add(keys);
            return keys;
        }
    }

    /// <summary>The API keys of all workspaces, disabled ones included.</summary>
    public async Task<IReadOnlyList<OpenRouterApiKey>> GetApiKeysAsync(
        DateTimeOffset notBefore, IClientObserver observer, CancellationToken cancellationToken)
    {
        var workspaces = await Workspaces.GetAsync(notBefore, observer, cancellationToken).ConfigureAwait(false);
        if (workspaces.Count == 0)
        {
            return await GetApiKeysAsync(null, notBefore, observer, cancellationToken).ConfigureAwait(false);
        }

        var keys = new List<OpenRouterApiKey>();
        for (var begin = 0; begin < workspaces.Count; begin += MaximumConcurrentWorkspaces)
        {
            var lists = await Task.WhenAll(workspaces.Skip(begin).Take(MaximumConcurrentWorkspaces).Select(
                workspace => GetApiKeysAsync(workspace.Id, notBefore, observer, cancellationToken)))
                .ConfigureAwait(false);
            foreach (var list in lists)
            {
                keys.AddRange(list);
            }
        }

        return keys;
    }

    /// <summary>The API key with a hash, read now.</summary>
    public async Task<OpenRouterApiKey> GetApiKeyAsync(
        string hash, IClientObserver observer, CancellationToken cancellationToken)
    {
        var key = await client.GetApiKeyAsync(hash, observer, cancellationToken).ConfigureAwait(false);
        Add([key]);
        return key;
    }

    private static async Task<IReadOnlyList<T>> AllOf<T>(IAsyncEnumerable<Page<T>> pages)
    {
        var all = new List<T>();
        await foreach (var page in pages.ConfigureAwait(false))
        {
            all.AddRange(page.Items);
        }

        return all;
    }
}
