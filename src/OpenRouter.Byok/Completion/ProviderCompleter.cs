using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>
/// Completes provider slugs: those that the module knows, those that OpenRouter lists now, and those of credentials
/// seen.
/// </summary>
internal sealed class ProviderCompleter : Completer
{
    protected override IEnumerable<CompletionResult> Complete(TypedWord word, IDictionary boundParameters)
    {
        var session = Glance.SessionOf(boundParameters);
        var seen = (session?.KnownKeys.All ?? [])
            .GroupBy(key => key.Provider)
            .ToDictionary(g => g.Key, g => g.Count());
        var areAllSeen = session?.KnownKeys.IsWhole(session.WorkspaceId, Glance.NotBefore(session)) is true;
        var listed = new Dictionary<string, string>();
        foreach (var provider in Account.Providers(boundParameters)) listed[provider.Slug] = provider.Name;
        var slugs = KnownProviders.Slugs.Union(listed.Keys).Union(seen.Keys);
        return Completions.Of(word, slugs.Select(slug => (slug, ToolTip(slug))));

        // Some of the credentials are not counted: the number would pass for that of all.
        string ToolTip(string slug) =>
            (listed.TryGetValue(slug, out var name), seen.TryGetValue(slug, out var count) && areAllSeen) switch
            {
                (true, true) => Text.Of(Messages.TipProviderNamedSeen, slug, name, count),
                (true, false) => Text.Of(Messages.TipProviderNamed, slug, name),
                (false, true) => Text.Of(Messages.TipProviderSeen, slug, count),
                _ => Text.Of(Messages.TipProvider, slug),
            };
    }
}
