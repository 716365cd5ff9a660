using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes the names of API keys.</summary>
internal sealed class ApiKeyCompleter : Completer
{
    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup) =>
        from key in lookup.ApiKeys
        select new CompletionCandidate(key.Name, ApiKeyHashCompleter.ToolTipOf(key, lookup));
}

/// <summary>Completes the hashes of API keys. A typed name finds the hash too.</summary>
internal sealed class ApiKeyHashCompleter : Completer
{
    public static string ToolTipOf(OpenRouterApiKey key, CompletionLookup lookup) => Messages.Format(
        Messages.TipApiKey,
        key.Name,
        key.Label,
        key.Disabled ? Messages.StateDisabled : Messages.StateEnabled,
        lookup.Session?.Account.FindWorkspace(key.WorkspaceId)?.Name ?? key.WorkspaceId,
        key.Hash);

    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup) =>
        from key in lookup.ApiKeys
        select new CompletionCandidate(key.Hash, ToolTipOf(key, lookup))
        {
            FoundBy = [key.Name],
            ListText = key.Name,
        };
}
