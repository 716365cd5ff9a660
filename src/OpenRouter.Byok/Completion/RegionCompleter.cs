using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes the regions that are known; the API may take others.</summary>
internal sealed class RegionCompleter : Completer
{
    protected override IEnumerable<CompletionResult> Complete(WordToComplete word, IDictionary boundParameters) =>
        CompletionResults.Of(word,
        [
            ("global", Messages.TipRegionGlobal),
            ("europe", Messages.TipRegionEurope),
            ("us", Messages.TipRegionUs),
        ]);
}
