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
        CompletionResults.Create(
            new WordToComplete(commandName, parameterName, wordToComplete),
            [.. GetCandidates(new CompletionLookup(fakeBoundParameters))]);

    /// <param name="lookup">What is known, or can be read at once, of what the command line is about.</param>
    protected abstract IEnumerable<CompletionCandidate> GetCandidates(CompletionLookup lookup);
}
