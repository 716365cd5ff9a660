using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>
/// Completes the slugs of providers: those that the module knows, those that OpenRouter lists now, and those of
/// credentials that were read.
/// </summary>
internal sealed class ProviderCompleter : Completer
{
    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup)
    {
        var (keys, areAll) = lookup.GetCachedByokKeys();
        var counts = keys.GroupBy(key => key.Provider).ToDictionary(group => group.Key, group => group.Count());
        var names = new Dictionary<string, string>();
        foreach (var provider in lookup.Read(account => account.Providers))
        {
            names[provider.Slug] = provider.Name;
        }

        var slugs = KnownProviders.Slugs.Union(names.Keys).Union(counts.Keys);
        return slugs.Select(slug => new CompletionCandidate(slug, ToolTipOf(slug)));

        // While some of the credentials were not read, their number would pass for that of all.
        string ToolTipOf(string slug) =>
            (names.TryGetValue(slug, out var name), counts.TryGetValue(slug, out var count) && areAll) switch
            {
                (true, true) => Messages.Format(Messages.TipProviderNamedInUse, slug, name, count),
                (true, false) => Messages.Format(Messages.TipProviderNamed, slug, name),
                (false, true) => Messages.Format(Messages.TipProviderInUse, slug, count),
                _ => Messages.Format(Messages.TipProvider, slug),
            };
    }
}
