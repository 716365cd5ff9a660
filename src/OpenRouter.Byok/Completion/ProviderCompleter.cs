using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>
/// Completes provider slugs: those that the module knows, those that OpenRouter lists now, and those of credentials
/// seen.
/// </summary>
internal sealed class ProviderCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var seen = SeenKeys.AtHand(fakeBoundParameters)
            .GroupBy(key => key.Provider)
            .ToDictionary(g => g.Key, g => g.Count());
        var listed = new Dictionary<string, string>();
        foreach (var provider in Account.Providers(fakeBoundParameters)) listed[provider.Slug] = provider.Name;
        var slugs = KnownProviders.Slugs.Union(listed.Keys).Union(seen.Keys);
        return Completions.Of(wordToComplete, slugs.Select(slug => (slug, ToolTip(slug))));

        string ToolTip(string slug) =>
            (listed.TryGetValue(slug, out var name), seen.TryGetValue(slug, out var count)) switch
            {
                (true, true) => Text.Of(Messages.TipProviderNamedSeen, slug, name, count),
                (true, false) => Text.Of(Messages.TipProviderNamed, slug, name),
                (false, true) => Text.Of(Messages.TipProviderSeen, slug, count),
                _ => Text.Of(Messages.TipProvider, slug),
            };
    }
}
