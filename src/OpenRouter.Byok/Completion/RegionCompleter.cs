using System.Collections.Generic;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes the regions that the module knows; the API may take others.</summary>
internal sealed class RegionCompleter : Completer
{
    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup) =>
    [
        new("global", Messages.TipRegionGlobal),
        new("europe", Messages.TipRegionEurope),
        new("us", Messages.TipRegionUs),
    ];
}
