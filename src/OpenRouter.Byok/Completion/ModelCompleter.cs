using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes the ids of models. What follows the slash finds the id too.</summary>
internal sealed class ModelCompleter : Completer
{
    private const decimal Million = 1_000_000;

    protected override IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup) =>
        from model in lookup.Read(account => account.Models)
        select new CompletionCandidate(model.Id, ToolTipOf(model))
        {
            FoundBy = [model.Id.Substring(model.Id.IndexOf('/') + 1)],
        };

    private static string ToolTipOf(OpenRouterModel model) =>
        model is { PromptPrice: { } prompt, CompletionPrice: { } completion }
            ? Messages.Format(
                Messages.TipModel, model.Name, model.ContextLength, PerMillion(prompt), PerMillion(completion))
            : Messages.Format(Messages.TipModelUnpriced, model.Name, model.ContextLength);

    private static string PerMillion(decimal price) =>
        (price * Million).ToString("0.####", CultureInfo.CurrentCulture);
}
