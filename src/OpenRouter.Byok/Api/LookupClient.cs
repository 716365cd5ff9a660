using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Api.Paging;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api;

/// <summary>The calls that say what slugs, ids and hashes stand for. Thread-safe; each call asks the API.</summary>
/// <remarks>
/// Every call throws <see cref="OpenRouterException"/> and, when cancelled, OperationCanceledException.
/// </remarks>
internal sealed class LookupClient(HttpTransport transport)
{
    /// <summary>All providers, in the API's order.</summary>
    public async Task<IReadOnlyList<OpenRouterProvider>> ListProvidersAsync(
        IClientObserver observer, CancellationToken cancellationToken)
    {
        var page = await GetPageAsync(
            "/providers", Messages.ListingProviders, LookupJson.Default.Providers, ProviderEntry.Read, observer,
            cancellationToken).ConfigureAwait(false);
        return page.Items;
    }

    /// <summary>All models, or those that one of the providers hosts, in the API's order.</summary>
    /// <param name="providerNames">Names, not slugs; null stands for all providers.</param>
    /// <param name="observer">Receives what happens meanwhile.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<OpenRouterModel>> ListModelsAsync(
        IReadOnlyCollection<string>? providerNames, IClientObserver observer, CancellationToken cancellationToken)
    {
        // Without offset and limit the API gives the whole list at once.
        var path = providerNames is null
            ? "/models"
            : "/models?providers=" + string.Join(",", providerNames.Select(Uri.EscapeDataString));
        var page = await GetPageAsync(
            path, Messages.ListingModels, LookupJson.Default.Models, ModelEntry.Read, observer,
            cancellationToken).ConfigureAwait(false);
        return page.Items;
    }

    /// <summary>All entries of a list, page by page.</summary>
    public IAsyncEnumerable<Page<T>> ReadAsync<TEntry, T>(
        LookupList<TEntry, T> list, IClientObserver observer, CancellationToken cancellationToken)
        where TEntry : class => ReadAsync(
            list.Purpose,
            list.GetId,
            (offset, limit, stop) => GetPageAsync(list, offset, limit, observer, stop),
            observer,
            cancellationToken);

    /// <summary>The API keys of a workspace, or of the default one, page by page.</summary>
    public IAsyncEnumerable<Page<OpenRouterApiKey>> ReadApiKeysAsync(
        string? workspaceId, bool includeDisabled, IClientObserver observer, CancellationToken cancellationToken)
    {
        var filter = (workspaceId is null ? "" : "&workspace_id=" + Uri.EscapeDataString(workspaceId))
            + (includeDisabled ? "&include_disabled=true" : "");
        return ReadAsync(Messages.ListingApiKeys, key => key.Hash, GetApiKeysAsync, observer, cancellationToken);

        // This endpoint has no limit to ask for: its pages have a hundred entries.
        Task<Page<OpenRouterApiKey>> GetApiKeysAsync(int offset, int limit, CancellationToken stop) => GetPageAsync(
            $"/keys?offset={offset}{filter}", Messages.ListingApiKeys,
            LookupJson.Default.ApiKeys, ApiKeyEntry.Read, observer, stop,
            workspaceId is null ? null : Messages.AdviceWorkspaceNotFound);
    }

    /// <summary>
    /// The members of the organization, page by page; none, with a verbose message, where the account is a person's.
    /// </summary>
    public IAsyncEnumerable<Page<OpenRouterMember>> ReadMembersAsync(
        IClientObserver observer, CancellationToken cancellationToken)
    {
        var list = MemberEntry.List;
        return ReadAsync(list.Purpose, list.GetId, GetMembersAsync, observer, cancellationToken);

        async Task<Page<OpenRouterMember>> GetMembersAsync(int offset, int limit, CancellationToken stop)
        {
            try
            {
                return await GetPageAsync(list, offset, limit, observer, stop).ConfigureAwait(false);
            }
            catch (OpenRouterException failure) when (offset == 0 && failure.StatusCode == 404)
            {
                observer.Verbose(Messages.NoMembers);
                return new Page<OpenRouterMember>([], 0);
            }
        }
    }

    /// <summary>One workspace by its id.</summary>
    public Task<OpenRouterWorkspace> GetWorkspaceAsync(
        string id, IClientObserver observer, CancellationToken cancellationToken) =>
        GetOneAsync(
            "/workspaces/" + Uuid.Require(id), Messages.Format(Messages.ReadingWorkspace, id),
            LookupJson.Default.Workspace, WorkspaceEntry.Read, Messages.AdviceWorkspaceNotFound,
            observer, cancellationToken);

    /// <summary>One API key by its hash.</summary>
    public Task<OpenRouterApiKey> GetApiKeyAsync(
        string hash, IClientObserver observer, CancellationToken cancellationToken) =>
        GetOneAsync(
            "/keys/" + KeyHash.Require(hash), Messages.Format(Messages.ReadingApiKey, hash),
            LookupJson.Default.ApiKey, ApiKeyEntry.Read, Messages.AdviceApiKeyNotFound, observer, cancellationToken);

    private Task<T> GetOneAsync<TEntry, T>(
        string path,
        string purpose,
        JsonTypeInfo<DataResponse<TEntry>> type,
        Func<TEntry, T> read,
        string adviceNotFound,
        IClientObserver observer,
        CancellationToken cancellationToken)
        where TEntry : class
        where T : class
    {
        var request = new ApiRequest<T>(HttpMethod.Get, path, Read)
        {
            Purpose = purpose,
            NotFoundAdvice = adviceNotFound,
        };
        return transport.SendAsync(request, observer, cancellationToken);

        T Read(ReadOnlyMemory<byte> body, ResponseInfo info) =>
            JsonSerializer.Deserialize(body.Span, type)?.Data is { } data
                ? read(data)
                : throw new JsonException("The response has no data.");
    }

    private static IAsyncEnumerable<Page<T>> ReadAsync<T>(
        string purpose,
        Func<T, string> getId,
        PageRequest<T> getPage,
        IClientObserver observer,
        CancellationToken cancellationToken)
    {
        var list = new PagedList<T>
        {
            GetPage = getPage,
            GetId = getId,
            Purpose = purpose,
            Observer = observer,
            TrustsCount = true,
        };
        return list.ReadAsync(cancellationToken);
    }

    private Task<Page<T>> GetPageAsync<TEntry, T>(
        LookupList<TEntry, T> list,
        int offset,
        int limit,
        IClientObserver observer,
        CancellationToken cancellationToken)
        where TEntry : class => GetPageAsync(
            $"{list.Path}?offset={offset}&limit={limit}", list.Purpose, list.Type, list.Read, observer,
            cancellationToken);

    private Task<Page<T>> GetPageAsync<TEntry, T>(
        string path,
        string purpose,
        JsonTypeInfo<DataPage<TEntry>> type,
        Func<TEntry, T> read,
        IClientObserver observer,
        CancellationToken cancellationToken,
        string? adviceNotFound = null)
        where TEntry : class
    {
        var request = new ApiRequest<Page<T>>(HttpMethod.Get, path, Read)
        {
            Purpose = purpose,
            NotFoundAdvice = adviceNotFound,
        };
        return transport.SendAsync(request, observer, cancellationToken);

        Page<T> Read(ReadOnlyMemory<byte> body, ResponseInfo info)
        {
            var page = JsonSerializer.Deserialize(body.Span, type);
            var entries = page?.Data ?? throw new JsonException("The list has no data.");
            return new Page<T>(
                [.. entries.Select(entry => read(entry ?? throw new JsonException("The list holds a null.")))],
                page.TotalCount,
                info.ClockSkew);
        }
    }
}
