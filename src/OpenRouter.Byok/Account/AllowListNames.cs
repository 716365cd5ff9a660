using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Account;

/// <summary>Finds the hashes and ids for the names on allow lists. What holds no name costs no request.</summary>
/// <param name="names">Finds ids by names.</param>
internal sealed class AllowListNames(NameResolver names)
{
    private const int ShortHash = 8;

    /// <summary>What an entry is shown as: its name if that was looked up, and otherwise as it is, but short.</summary>
    /// <param name="list">The list that it is on.</param>
    /// <param name="entry">The entry: an id, a hash, or a model.</param>
    /// <param name="account">The account, as far as it was looked up; null when nothing was.</param>
    public static string Describe(CredentialSetting list, string entry, AccountCache? account)
    {
        if (list == CredentialSettings.AllowedApiKeyHashes)
        {
            return account?.FindApiKey(entry) is { Name.Length: > 0 } key ? key.Name
                : entry.Length > ShortHash ? $"{entry.Substring(0, ShortHash)}…"
                : entry;
        }

        return list == CredentialSettings.AllowedUserIds
            && account?.FindMember(entry) is { Email.Length: > 0 } member
            ? member.Email
            : entry;
    }

    /// <summary>Whether an entry of the list is an id or hash already, so that nothing need be asked.</summary>
    public static bool IsId(ListSetting list, string entry) => list == CredentialSettings.AllowedUserIds
        ? NameResolver.IsUserId(entry)
        : NameResolver.IsApiKeyHash(entry);

    /// <summary>The workspace whose API keys are meant before those of others; null means no matter which.</summary>
    public Optional<string?> WorkspaceId { get; init; }

    /// <exception cref="OpenRouterException">
    /// A name leads to no API key and no member, or to several.
    /// </exception>
    public async Task<IReadOnlyList<string>> FindAsync(
        ListSetting list, IReadOnlyList<string> entries, IClientObserver observer, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var entry in entries)
        {
            ids.Add(await FindAsync(list, entry, observer, cancellationToken).ConfigureAwait(false));
        }

        return [.. ids.Distinct(StringComparer.Ordinal)];
    }

    private Task<string> FindAsync(
        ListSetting list, string entry, IClientObserver observer, CancellationToken cancellationToken)
    {
        if (list == CredentialSettings.AllowedUserIds)
        {
            return names.UserIdAsync(entry, observer, cancellationToken);
        }

        if (list != CredentialSettings.AllowedApiKeyHashes)
        {
            throw new ArgumentException(list.Property, nameof(list));
        }

        return WorkspaceId.IsPresent
            ? names.ApiKeyHashAsync(entry, WorkspaceId.Value, observer, cancellationToken)
            : names.ApiKeyHashAsync(entry, observer, cancellationToken);
    }
}
