using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;

namespace OpenRouter.Byok.Account;

/// <summary>
/// Whole lists of what an account has. What was read lately enough for the caller is not asked for again.
/// </summary>
internal sealed class AccountDirectory(LookupClient client, SeenAccount seen)
{
    private const int MaximumConcurrentWorkspaces = 8;

    /// <summary>What of it was seen so far.</summary>
    public SeenAccount Seen => seen;

    public Task<IReadOnlyList<OpenRouterWorkspace>> WorkspacesAsync(
        DateTimeOffset notBefore, IClientObserver observer, CancellationToken cancellationToken) =>
        seen.Workspaces.GetAsync(
            notBefore, () => AllOf(client.ReadWorkspacesAsync(observer, cancellationToken)), cancellationToken);

    public Task<IReadOnlyList<OpenRouterMember>> MembersAsync(
        DateTimeOffset notBefore, IClientObserver observer, CancellationToken cancellationToken) =>
        seen.Members.GetAsync(
            notBefore, () => AllOf(client.ReadMembersAsync(observer, cancellationToken)), cancellationToken);

    public Task<IReadOnlyList<OpenRouterModel>> ModelsAsync(
        DateTimeOffset notBefore, IClientObserver observer, CancellationToken cancellationToken) =>
        seen.Models.GetAsync(
            notBefore, () => client.ListModelsAsync(null, observer, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<OpenRouterProvider>> ProvidersAsync(
        DateTimeOffset notBefore, IClientObserver observer, CancellationToken cancellationToken) =>
        seen.Providers.GetAsync(
            notBefore, () => client.ListProvidersAsync(observer, cancellationToken), cancellationToken);

    /// <summary>The API keys of a workspace, or of the default one, those that are switched off included.</summary>
    public Task<IReadOnlyList<OpenRouterApiKey>> ApiKeysAsync(
        string? workspaceId, DateTimeOffset notBefore, IClientObserver observer, CancellationToken cancellationToken)
    {
        return seen.ApiKeysOf(workspaceId).GetAsync(notBefore, ReadAsync, cancellationToken);

        async Task<IReadOnlyList<OpenRouterApiKey>> ReadAsync()
        {
            var keys = await AllOf(
                    client.ReadApiKeysAsync(workspaceId, includeDisabled: true, observer, cancellationToken))
                .ConfigureAwait(false);
            foreach (var key in keys) seen.Remember(key);
            return keys;
        }
    }

    /// <summary>The API keys of all workspaces, those that are switched off included.</summary>
    public async Task<IReadOnlyList<OpenRouterApiKey>> ApiKeysAsync(
        DateTimeOffset notBefore, IClientObserver observer, CancellationToken cancellationToken)
    {
        var workspaces = await WorkspacesAsync(notBefore, observer, cancellationToken).ConfigureAwait(false);
        if (workspaces.Count == 0)
        {
            return await ApiKeysAsync(null, notBefore, observer, cancellationToken).ConfigureAwait(false);
        }

        var keys = new List<OpenRouterApiKey>();
        for (var begin = 0; begin < workspaces.Count; begin += MaximumConcurrentWorkspaces)
        {
            var lists = await Task.WhenAll(workspaces.Skip(begin).Take(MaximumConcurrentWorkspaces).Select(
                workspace => ApiKeysAsync(workspace.Id, notBefore, observer, cancellationToken))).ConfigureAwait(false);
            foreach (var list in lists) keys.AddRange(list);
        }

        return keys;
    }

    private static async Task<IReadOnlyList<T>> AllOf<T>(IAsyncEnumerable<IReadOnlyList<T>> pages)
    {
        var all = new List<T>();
        await foreach (var page in pages.ConfigureAwait(false)) all.AddRange(page);
        return all;
    }
}
