using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Account;

/// <summary>
/// Finds the id or hash that a name stands for. It looks in lists that were read recently; only when the name is not
/// there it reads the list again, once for the whole command.
/// </summary>
/// <param name="account">The account to look in.</param>
/// <param name="began">When the command began.</param>
internal sealed class NameResolver(AccountCache account, DateTimeOffset began)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    /// <summary>Whether it is what the API calls a workspace already, so that nothing need be asked.</summary>
    public static bool IsWorkspaceId(string text) => Guid.TryParseExact(text, "D", out _);

    public static bool IsApiKeyHash(string text) => KeyHash.IsHash(text);

    /// <summary>Whether it looks like a key, which no message may repeat.</summary>
    public static bool IsKeyItself(string text) =>
        text.StartsWith("sk-", StringComparison.Ordinal) && text.Length > 20 && !text.Contains("...");

    public static bool IsUserId(string text) => text.StartsWith("user_", StringComparison.Ordinal);

    /// <exception cref="OpenRouterException">No workspace is called that, or several are.</exception>
    public async Task<string> WorkspaceIdAsync(
        string text, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (IsWorkspaceId(text))
        {
            return text;
        }

        var found = await FindAsync(
            text,
            NameMatcher.Workspaces,
            notBefore => account.Workspaces.GetAsync(notBefore, observer, cancellationToken))
            .ConfigureAwait(false);
        return found.Id;
    }

    /// <summary>The ids of all workspaces of the account, read anew for the command.</summary>
    public async Task<IReadOnlyList<string>> AllWorkspaceIdsAsync(
        IClientObserver observer, CancellationToken cancellationToken)
    {
        var all = await account.Workspaces.GetAsync(began, observer, cancellationToken).ConfigureAwait(false);
        return [.. all.Select(workspace => workspace.Id)];
    }

    /// <summary>Finds the hashes of API keys in the whole account.</summary>
    /// <exception cref="OpenRouterException">No API key is called that, or several are.</exception>
    public async Task<string> ApiKeyHashAsync(
        string text, IClientObserver observer, CancellationToken cancellationToken) =>
        IsApiKeyHash(text) ? text : (await ApiKeyAsync(text, observer, cancellationToken).ConfigureAwait(false)).Hash;

    /// <summary>The same, where the workspace is known: its own API keys are meant before those of others.</summary>
    public async Task<string> ApiKeyHashAsync(
        string text, string? workspaceId, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (IsApiKeyHash(text))
        {
            return text;
        }

        var own = await account.GetApiKeysAsync(workspaceId, began - MaxAge, observer, cancellationToken)
            .ConfigureAwait(false);
        return NameMatcher.ApiKeys.Matches(own, text) is [var only]
            ? only.Hash
            : await ApiKeyHashAsync(text, observer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The API key that a name or a hash stands for.</summary>
    /// <exception cref="OpenRouterException">No API key of the account is called that, or several are.</exception>
    public Task<OpenRouterApiKey> ApiKeyAsync(
        string text, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (IsKeyItself(text))
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.KeyInsteadOfName);
        }

        if (IsApiKeyHash(text))
        {
            return account.GetApiKeyAsync(text, observer, cancellationToken);
        }

        return FindAsync(
            text, NameMatcher.ApiKeys, notBefore => account.GetApiKeysAsync(notBefore, observer, cancellationToken));
    }

    /// <exception cref="OpenRouterException">No member is called that, or several are.</exception>
    public async Task<string> UserIdAsync(string text, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (IsUserId(text))
        {
            return text;
        }

        var found = await FindAsync(
            text, NameMatcher.Members, notBefore => account.Members.GetAsync(notBefore, observer, cancellationToken))
            .ConfigureAwait(false);
        return found.Id;
    }

    /// <summary>
    /// The provider of a slug. What has no entry of its own, such as anthropic/2, is of the provider before the slash.
    /// </summary>
    /// <exception cref="OpenRouterException">No provider has that slug.</exception>
    public async Task<OpenRouterProvider> ProviderAsync(
        string text, IClientObserver observer, CancellationToken cancellationToken)
    {
        var kept = await ListAsync(began - MaxAge).ConfigureAwait(false);
        var slash = text.IndexOf('/');
        var slug = slash < 0 || NameMatcher.Providers.Matches(kept, text).Count > 0 ? text : text.Substring(0, slash);
        return await FindAsync(slug, NameMatcher.Providers, ListAsync).ConfigureAwait(false);

        Task<IReadOnlyList<OpenRouterProvider>> ListAsync(DateTimeOffset notBefore) =>
            account.Providers.GetAsync(notBefore, observer, cancellationToken);
    }

    private async Task<T> FindAsync<T>(
        string text, NameMatcher<T> matcher, Func<DateTimeOffset, Task<IReadOnlyList<T>>> list)
        where T : class
    {
        var all = await list(began - MaxAge).ConfigureAwait(false);
        if (matcher.Matches(all, text) is [var known])
        {
            return known;
        }

        // What was kept may be outdated; what this command has read is not asked for again.
        all = await list(began).ConfigureAwait(false);
        return matcher.Matches(all, text) switch
        {
            [var only] => only,
            [] => throw matcher.Unknown(text, all),
            var several => throw matcher.Ambiguous(text, several, account),
        };
    }
}
