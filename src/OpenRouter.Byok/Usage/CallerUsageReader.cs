using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Usage;

/// <summary>
/// Reads the activity of each API key or member. The API filters by them but cannot group by them, so each takes a
/// request of its own.
/// </summary>
/// <param name="client">Reads the activity.</param>
/// <param name="account">Lists the API keys and members.</param>
/// <param name="began">A list that was read at this time or later is not read again.</param>
/// <param name="throttle">The maximum number of concurrent requests.</param>
/// <param name="observer">Receives what the requests report.</param>
internal sealed class CallerUsageReader(
    OpenRouterClient client, AccountCache account, DateTimeOffset began, int throttle, IClientObserver observer)
{
    /// <summary>The activity of each API key of the account, or of the one of the query.</summary>
    public async Task<IReadOnlyList<UsageGroup>> ReadByApiKeyAsync(
        ActivityQuery query, CancellationToken cancellationToken)
    {
        var keys = await account.GetApiKeysAsync(began, observer, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(
            keys.Where(key => query.ApiKeyHash is not { } hash || key.Hash == hash)
                .GroupBy(key => key.Hash)
                .Select(same => same.First()),
            async (key, stop) => new UsageGroup(
                key.Name,
                key.Hash,
                await ReadAsync(query with { ApiKeyHash = key.Hash }, stop).ConfigureAwait(false)),
            cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The activity of each member of the organization.</summary>
    /// <exception cref="OpenRouterException">The account is not one of an organization.</exception>
    public async Task<IReadOnlyList<UsageGroup>> ReadByMemberAsync(
        ActivityQuery query, CancellationToken cancellationToken)
    {
        var members = await account.Members.GetAsync(began, observer, cancellationToken).ConfigureAwait(false);
        if (members.Count == 0)
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.NoMembers)
            {
                Advice = Messages.AdviceGroupByApiKey,
            };
        }

        return await ReadAsync(
            members,
            async (member, stop) => new UsageGroup(
                member.Email,
                member.Id,
                await ReadAsync(query with { UserId = member.Id }, stop).ConfigureAwait(false)),
            cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<UsageGroup>> ReadAsync<T>(
        IEnumerable<T> callers,
        Func<T, CancellationToken, Task<UsageGroup>> read,
        CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(throttle);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        return await Task.WhenAll(callers.Select(ReadInTurnAsync)).ConfigureAwait(false);

        async Task<UsageGroup> ReadInTurnAsync(T caller)
        {
            await slots.WaitAsync(stop.Token).ConfigureAwait(false);
            try
            {
                return await read(caller, stop.Token).ConfigureAwait(false);
            }
            catch
            {
                stop.Cancel();
                throw;
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private async Task<IReadOnlyList<ActivityItem>> ReadAsync(ActivityQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ListActivityAsync(query, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OpenRouterException failure) when (failure.StatusCode == 404)
        {
            // It was removed after it was listed, so that it is no current one.
            return [];
        }
    }
}
