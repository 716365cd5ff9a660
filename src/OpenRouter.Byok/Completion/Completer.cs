using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace OpenRouter.Byok.Completion;

/// <summary>Completes the arguments of a parameter.</summary>
internal abstract class Completer : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Complete(new WordToComplete(commandName, parameterName, wordToComplete), fakeBoundParameters);

    /// <param name="word">What was typed so far.</param>
    /// <param name="boundParameters">What else the command line holds so far.</param>
    protected abstract IEnumerable<CompletionResult> Complete(WordToComplete word, IDictionary boundParameters);
}
