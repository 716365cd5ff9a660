using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Puts hashes and ids in place of names on allow lists. What holds no name costs no request.</summary>
/// <param name="names">Finds ids by names.</param>
internal sealed class AllowListNames(NameResolver names)
{
    /// <summary>The workspace whose API keys are meant before those of others; null means no matter which.</summary>
    public Optional<string?> WorkspaceId { get; init; }

    /// <exception cref="OpenRouterException">A name leads to no API key, or to several.</exception>
    public Task<IReadOnlyList<string>> HashesAsync(
        IReadOnlyList<string> entries, IClientObserver observer, CancellationToken cancellationToken) => FindAsync(
        entries,
        name => WorkspaceId.IsPresent
            ? names.ApiKeyHashAsync(name, WorkspaceId.Value, observer, cancellationToken)
            : names.ApiKeyHashAsync(name, observer, cancellationToken));

    /// <exception cref="OpenRouterException">A name leads to no member, or to several.</exception>
    public Task<IReadOnlyList<string>> UserIdsAsync(
        IReadOnlyList<string> entries, IClientObserver observer, CancellationToken cancellationToken) =>
        FindAsync(entries, name => names.UserIdAsync(name, observer, cancellationToken));

    private static async Task<IReadOnlyList<string>> FindAsync(
        IReadOnlyList<string> entries, Func<string, Task<string>> find)
    {
        var ids = new List<string>();
        foreach (var entry in entries) ids.Add(await find(entry).ConfigureAwait(false));
        return [.. ids.Distinct(StringComparer.Ordinal)];
    }
}
