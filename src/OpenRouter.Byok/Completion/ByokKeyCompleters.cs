using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes the names of credentials.</summary>
internal sealed class ByokKeyNameCompleter : Completer
{
    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup) =>
        from key in lookup.GetByokKeys(inAnyWorkspace: false)
        select new CompletionCandidate(key.Name ?? "", ByokKeyIdCompleter.ToolTipOf(key));
}

/// <summary>Completes the ids of credentials. A typed name finds the id too.</summary>
internal sealed class ByokKeyIdCompleter : Completer
{
    public static string ToolTipOf(ByokKey key) => Messages.Format(
        Messages.TipKey,
        key.Provider,
        key.Name ?? Messages.Unnamed,
        key.Label,
        key.Disabled ? Messages.StateDisabled : Messages.StateEnabled);

    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup) =>
        from key in lookup.GetByokKeys(inAnyWorkspace: true)
        select new CompletionCandidate(key.Id, ToolTipOf(key))
        {
            FoundBy = [key.Name],
            ListText = key.ToString(),
        };
}
