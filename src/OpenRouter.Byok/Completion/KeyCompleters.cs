using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes ids of credentials; the tooltip says which is which. A typed name finds the id too.</summary>
internal sealed class KeyIdCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        var keys = SeenKeys.Recent(fakeBoundParameters);
        var byId = Completions.Of(wordToComplete, keys.Select(key => (key.Id, KeyToolTip.Of(key)))).ToList();
        return byId.Count > 0 ? byId : ByName();

        IEnumerable<CompletionResult> ByName() =>
            from named in keys
            where named.Name is { } name
                && name.StartsWith(wordToComplete.Trim('\'', '"'), System.StringComparison.OrdinalIgnoreCase)
            select new CompletionResult(named.Id, named.Id, CompletionResultType.ParameterValue, KeyToolTip.Of(named));
    }
}

/// <summary>Completes names of credentials.</summary>
internal sealed class KeyNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completions.Of(
            wordToComplete,
            from key in SeenKeys.Recent(fakeBoundParameters)
            where !string.IsNullOrEmpty(key.Name)
            group key by key.Name! into named
            select (named.Key, string.Join("\n", named.Select(KeyToolTip.Of))));
}

internal static class KeyToolTip
{
    public static string Of(ByokKey key) => Text.Of(
        Messages.TipKey,
        key.Provider,
        key.Name ?? Messages.Unnamed,
        key.Label,
        key.Disabled ? Messages.StateDisabled : Messages.StateEnabled);
}
