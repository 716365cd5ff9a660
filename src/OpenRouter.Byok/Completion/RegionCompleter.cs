using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes the regions that are known; the API may take others.</summary>
internal sealed class RegionCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completions.Of(wordToComplete,
        [
            ("global", Messages.TipRegionGlobal),
            ("europe", Messages.TipRegionEurope),
            ("us", Messages.TipRegionUs),
        ]);
}
