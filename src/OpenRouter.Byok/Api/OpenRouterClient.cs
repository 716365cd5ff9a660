using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Security;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Creation;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Api.Paging;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api;

/// <summary>The calls of the API that the module makes. Thread-safe; knows nothing of PowerShell.</summary>
/// <remarks>
/// Every call throws <see cref="OpenRouterException"/> and, when cancelled, OperationCanceledException.
/// </remarks>
internal sealed class OpenRouterClient(HttpTransport transport) : IDisposable
{
    // How often the lists of a credential are changed before it is said that somebody else keeps changing them.
    private const int MaximumRounds = 5;

    private static readonly HttpMethod Patch = new("PATCH");

    private readonly HttpTransport transport = transport;
    private readonly CreateCoordinator creates = new();
    private readonly KeyedLock<string> updates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The calls that say what slugs, ids and hashes stand for.</summary>
    public LookupClient Lookups { get; } = new(transport);

    /// <summary>The calls that show whether a credential works.</summary>
    public CredentialTestClient Tests { get; } = new(transport, new LookupClient(transport));

    /// <summary>What this session creates and deletes, for the lists that it reads meanwhile.</summary>
    public SessionChanges Changes { get; } = new();

    public void Dispose() => transport.Dispose();

    public async Task<CurrentKey> GetCurrentKeyAsync(IClientObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest<CurrentKeyResponse>(
            HttpMethod.Get, "/key", Generated(ApiJson.Default.CurrentKeyResponse))
        {
            Purpose = Messages.CheckingKey,
        };
        var response = await transport.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        return response.Data ?? new CurrentKey(null, null, null, null);
    }

    /// <summary>One page of a list of credentials.</summary>
    public Task<Page<ByokKey>> GetByokKeyPageAsync(
        ByokKeyQuery query, int offset, int limit, IClientObserver observer, CancellationToken cancellationToken)
    {
        var path = new StringBuilder("/byok?offset=").Append(offset).Append("&limit=").Append(limit);
        if (query.WorkspaceId is not null)
        {
            path.Append("&workspace_id=").Append(Uri.EscapeDataString(query.WorkspaceId));
        }

        if (query.Provider is not null)
        {
            path.Append("&provider=").Append(Uri.EscapeDataString(query.Provider));
        }

        var request = new ApiRequest<Page<ByokKey>>(HttpMethod.Get, path.ToString(), Read)
        {
            Purpose = Messages.Listing,
            NotFoundAdvice = query.WorkspaceId is null ? null : Messages.AdviceWorkspaceNotFound,
        };
        var page = transport.SendAsync(request, observer, cancellationToken);
        // What the serializer prepares once takes some 15 ms, and is done while the first request is on its way.
        _ = ApiJson.Default.ByokKeyPageResponse;
        return page;

        static Page<ByokKey> Read(ReadOnlyMemory<byte> body, ResponseInfo info)
        {
            var (keys, totalCount) = ByokKeyPageResponse.Read(body);
            return new Page<ByokKey>(keys, totalCount, info.ClockSkew);
        }
    }

    /// <summary>The credentials of a list, page by page. The first page may be empty.</summary>
    public IAsyncEnumerable<Page<ByokKey>> ReadByokKeysAsync(
        ByokKeyQuery query, IClientObserver observer, CancellationToken cancellationToken)
    {
        var list = new PagedList<ByokKey>
        {
            GetPage = (offset, limit, stop) => GetByokKeyPageAsync(query, offset, limit, observer, stop),
            GetId = static key => key.Id,
            Purpose = Messages.Listing,
            IncompleteMessage = Messages.ListIncomplete,
            Observer = observer,
            Skip = query.Skip,
            First = query.First,
            MaximumConcurrency = query.Throttle,
            Changes = Changes,
            LeavesOutCreated = query.LeavesOutCreated,
        };
        return list.ReadAsync(cancellationToken);
    }

    /// <summary>The whole list, and the time by the clock of the server.</summary>
    public async Task<(IReadOnlyList<ByokKey> Keys, DateTimeOffset Now)> ListByokKeysAsync(
        ByokKeyQuery query, IClientObserver observer, CancellationToken cancellationToken)
    {
        var keys = new List<ByokKey>();
        var clockSkew = TimeSpan.Zero;
        await foreach (var page in ReadByokKeysAsync(query, observer, cancellationToken).ConfigureAwait(false))
        {
            keys.AddRange(page.Items);
            clockSkew = page.ClockSkew ?? clockSkew;
        }

        return (keys, transport.Clock.UtcNow + clockSkew);
    }

    public Task<ByokKey> GetByokKeyAsync(string id, IClientObserver observer, CancellationToken cancellationToken) =>
        SendForKeyAsync(HttpMethod.Get, id, Messages.Reading, null, null, observer, cancellationToken);

    public Task<ByokKey> UpdateByokKeyAsync(
        string id, ByokKeyChanges changes, IClientObserver observer, CancellationToken cancellationToken) =>
        SendForKeyAsync(
            Patch, id, Messages.Changing, body => RequestBody.WriteUpdate(changes, body), changes.Key,
            observer, cancellationToken);

    /// <summary>
    /// Changes lists of a credential by what they are now. Updates of one credential go one after the other within the
    /// session; when others have changed a list meanwhile, it is read and changed again.
    /// </summary>
    /// <param name="id">The id of the credential.</param>
    /// <param name="changes">Changes that are sent once, beside the lists.</param>
    /// <param name="edit">The lists to change, by the credential as it is; empty when none is to change.</param>
    /// <param name="observer">Receives what happens meanwhile.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<ByokKey> UpdateByokKeyAsync(
        string id,
        ByokKeyChanges changes,
        Func<ByokKey, ByokKeyChanges> edit,
        IClientObserver observer,
        CancellationToken cancellationToken) => updates.RunAsync(
            id, () => EditInTurnAsync(id, changes, edit, observer, cancellationToken), cancellationToken);

    /// <summary>Creates a credential exactly once, even when its response is lost.</summary>
    /// <param name="key">The credential.</param>
    /// <param name="observer">Receives what happens meanwhile.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="stopDelay">How long a canceled call waits for a response that is on its way.</param>
    public Task<ByokKey> CreateByokKeyAsync(
        NewByokKey key,
        IClientObserver observer,
        CancellationToken cancellationToken,
        TimeSpan stopDelay = default) =>
        creates.RunAsync(key, () => CreateInTurnAsync(key, stopDelay, observer, cancellationToken), cancellationToken);

    /// <summary>Removes a credential. When a repeated attempt finds nothing, an earlier one had removed it.</summary>
    public async Task DeleteByokKeyAsync(string id, IClientObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest<DeletedResponse>(
            HttpMethod.Delete, PathOf(id), Generated(ApiJson.Default.DeletedResponse))
        {
            Purpose = Messages.Format(Messages.Removing, id),
            NotFoundAdvice = Messages.AdviceCredentialNotFound,
            GetResultIfNotFound = () => new DeletedResponse(true),
        };
        using var change = Changes.BeginDelete(id);
        var response = await transport.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        if (response.Deleted is not true)
        {
            throw new OpenRouterException(ErrorReason.InvalidResponse, Messages.NotConfirmed, request.Purpose);
        }
    }

    /// <summary>The use of the last 30 completed UTC days, row by row.</summary>
    public async Task<IReadOnlyList<ActivityItem>> ListActivityAsync(
        ActivityQuery query, IClientObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest<ActivityResponse>(
            HttpMethod.Get, "/activity" + query.ToQueryString(), Generated(ApiJson.Default.ActivityResponse))
        {
            Purpose = Messages.ReadingActivity,
            NotFoundAdvice = query is { WorkspaceId: null, ApiKeyHash: null } ? null : Messages.AdviceActivityNotFound,
        };
        var response = await transport.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        return [.. (response.Data ?? []).OfType<ActivityItem>()];
    }

    private async Task<ByokKey> EditInTurnAsync(
        string id,
        ByokKeyChanges changes,
        Func<ByokKey, ByokKeyChanges> edit,
        IClientObserver observer,
        CancellationToken cancellationToken)
    {
        var unsent = changes;
        for (var round = 1; ; round++)
        {
            var current = await GetByokKeyAsync(id, observer, cancellationToken).ConfigureAwait(false);
            var wanted = unsent.Or(edit(current));
            if (wanted.IsEmpty)
            {
                return current;
            }

            if (round > MaximumRounds)
            {
                throw new OpenRouterException(ErrorReason.Conflict, Messages.ListsContended, id);
            }

            if (round > 1)
            {
                observer.Verbose(Messages.Format(Messages.ListsChanged, id));
            }

            await UpdateByokKeyAsync(id, wanted, observer, cancellationToken).ConfigureAwait(false);
            unsent = new ByokKeyChanges();
        }
    }

    private async Task<ByokKey> CreateInTurnAsync(
        NewByokKey key, TimeSpan stopDelay, IClientObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest<ByokKey>(HttpMethod.Post, "/byok", ReadKey)
        {
            Purpose = Messages.Format(Messages.Creating, key.Provider),
            NotFoundAdvice = key.WorkspaceId is null ? null : Messages.AdviceWorkspaceNotFound,
            WriteBody = body => RequestBody.WriteCreate(key, body),
            BodySecret = key.Key,
            StopDelay = stopDelay,
            Recovery = new CreateRecovery(key, ListAlike, creates, transport.Clock, observer),
        };
        using var change = Changes.BeginCreate();
        var created = await transport.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        creates.Claim(created);
        change.CreatedId = created.Id;
        return created;

        IAsyncEnumerable<Page<ByokKey>> ListAlike(CancellationToken stop) => ReadByokKeysAsync(
            new ByokKeyQuery(key.WorkspaceId, key.Provider) { Throttle = 1, LeavesOutCreated = false }, observer, stop);
    }

    private async Task<ByokKey> SendForKeyAsync(
        HttpMethod method,
        string id,
        string purpose,
        Action<SecretBuffer>? writeBody,
        SecureString? secret,
        IClientObserver observer,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest<ByokKey>(method, PathOf(id), ReadKey)
        {
            Purpose = Messages.Format(purpose, id),
            NotFoundAdvice = Messages.AdviceCredentialNotFound,
            WriteBody = writeBody,
            BodySecret = secret,
        };
        var key = await transport.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        return string.Equals(key.Id, id, StringComparison.OrdinalIgnoreCase)
            ? key
            : throw new OpenRouterException(ErrorReason.InvalidResponse, Messages.ResponseForOtherKey, request.Purpose);
    }

    private static string PathOf(string id) => "/byok/" + Uuid.Require(id);

    private static ByokKey ReadKey(ReadOnlyMemory<byte> body, ResponseInfo info) => ByokKeyResponse.Read(body);

    private static Func<ReadOnlyMemory<byte>, ResponseInfo, T> Generated<T>(JsonTypeInfo<T> type)
        where T : class => (body, _) =>
        JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException("The response is null.");
}
