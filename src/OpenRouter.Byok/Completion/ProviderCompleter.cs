using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>
/// Completes provider slugs: those that the module knows, those that OpenRouter lists now, and those of credentials
/// seen.
/// </summary>
internal sealed class ProviderCompleter : Completer
{
    protected override IEnumerable<CompletionResult> Complete(WordToComplete word, IDictionary boundParameters)
    {
        var session = CompletionLookup.SessionOf(boundParameters);
        var seen = (session?.ByokKeyCache.All ?? [])
            .GroupBy(key => key.Provider)
            .ToDictionary(g => g.Key, g => g.Count());
        var areAllSeen = session?.ByokKeyCache.IsWhole(session.WorkspaceId, CompletionLookup.NotBefore(session)) is true;
        var listed = new Dictionary<string, string>();
        foreach (var provider in AccountLookup.Providers(boundParameters)) listed[provider.Slug] = provider.Name;
        var slugs = KnownProviders.Slugs.Union(listed.Keys).Union(seen.Keys);
        return CompletionResults.Of(word, slugs.Select(slug => (slug, ToolTip(slug))));

        // Some of the credentials are not counted: the number would pass for that of all.
        string ToolTip(string slug) =>
            (listed.TryGetValue(slug, out var name), seen.TryGetValue(slug, out var count) && areAllSeen) switch
            {
                (true, true) => Messages.Format(Messages.TipProviderNamedSeen, slug, name, count),
                (true, false) => Messages.Format(Messages.TipProviderNamed, slug, name),
                (false, true) => Messages.Format(Messages.TipProviderSeen, slug, count),
                _ => Messages.Format(Messages.TipProvider, slug),
            };
    }
}
