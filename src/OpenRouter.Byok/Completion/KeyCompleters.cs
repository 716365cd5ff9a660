using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes ids of credentials; the tooltip says which is which. A typed name finds the id too.</summary>
internal sealed class KeyIdCompleter : Completer
{
    protected override IEnumerable<CompletionResult> Complete(WordToComplete word, IDictionary boundParameters) =>
        CompletionResults.OfIds(
            word,
            from key in SeenKeys.For(boundParameters, ofAnyWorkspace: true)
            select (key.Id, new[] { key.Name ?? "" }, KeyToolTip.Of(key)));
}

/// <summary>Completes names of credentials.</summary>
internal sealed class KeyNameCompleter : Completer
{
    protected override IEnumerable<CompletionResult> Complete(WordToComplete word, IDictionary boundParameters) =>
        CompletionResults.Of(
            word,
            from key in SeenKeys.For(boundParameters, ofAnyWorkspace: false)
            where !string.IsNullOrEmpty(key.Name)
            group key by key.Name! into named
            select (named.Key, string.Join("\n", named.Select(KeyToolTip.Of))));
}

internal static class KeyToolTip
{
    public static string Of(ByokKey key) => Messages.Format(
        Messages.TipKey,
        key.Provider,
        key.Name ?? Messages.Unnamed,
        key.Label,
        key.Disabled ? Messages.StateDisabled : Messages.StateEnabled);
}
