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
