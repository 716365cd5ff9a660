using System.Collections.Generic;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.KeyFormats;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes the types of a resource of Azure.</summary>
internal sealed class ResourceTypeCompleter : Completer
{
    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup) =>
    [
        new(AzureResource.AIFoundry, Messages.TipResourceFoundry),
        new(AzureResource.OpenAI, Messages.TipResourceOpenAI),
    ];
}
