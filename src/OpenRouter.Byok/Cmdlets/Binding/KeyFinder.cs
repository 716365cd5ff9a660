using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>Finds the credentials that names mean. A name may have wildcards, or be an id.</summary>
internal sealed class KeyFinder(OpenRouterSession session, NameResolver resolver, KeySelection selection)
{
    /// <summary>The ids of all that is meant, each once.</summary>
    /// <exception cref="OpenRouterException">A name without wildcards means nothing, or several.</exception>
    public async Task<IReadOnlyList<string>> FindAsync(
        IReadOnlyList<string> names, IClientObserver observer, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        IReadOnlyList<ByokKey>? all = null;
        foreach (var name in names)
        {
            if (Uuid.Normalize(name) is { } id)
            {
                ids.Add(id);
                continue;
            }

            all ??= await ListAsync(observer, cancellationToken).ConfigureAwait(false);
            ids.AddRange(Matches(name, all).Select(key => key.Id));
        }

        return [.. ids.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private async Task<IReadOnlyList<ByokKey>> ListAsync(
        IClientObserver observer, CancellationToken cancellationToken)
    {
        var search = new ByokKeySearch(session.Client, observer)
        {
            WorkspaceIds = await selection.Workspaces
                .ResolveAsync(session.WorkspaceId, resolver, observer, cancellationToken).ConfigureAwait(false),
            Providers = selection.ProvidersToAsk,
        };
        var patterns = selection.ProviderPatterns;
        var all = new List<ByokKey>();
        await foreach (var page in search.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            all.AddRange(page.Items.Where(key => patterns is null || patterns.Match(key.Provider)));
        }

        session.Account.ByokKeys.Add(all);
        // The order of the list is not defined.
        all.Sort();
        return all;
    }

    // What is called just so is meant, whatever its name has of wildcards.
    private IReadOnlyList<ByokKey> Matches(string name, IReadOnlyList<ByokKey> all)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name) && all.All(key => key.Name != name))
        {
            var pattern = TextPatterns.Of([name])!;
            return [.. all.Where(key => pattern.Match(key.Name))];
        }

        var plain = all.Any(key => key.Name == name) ? name : WildcardPattern.Unescape(name);
        return NameMatcher.ByokKeys.Matches(all, plain) switch
        {
            [var only] => [only],
            [] => throw NameMatcher.ByokKeys.Unknown(plain, all),
            var several => throw NameMatcher.ByokKeys.Ambiguous(plain, several, session.Account),
        };
    }
}
