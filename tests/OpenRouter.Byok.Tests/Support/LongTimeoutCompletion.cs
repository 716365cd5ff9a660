using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using OpenRouter.Byok.Session;

namespace OpenRouter.Byok.Tests;

/// <summary>Completion with a timeout of a minute, for a machine that is busy.</summary>
internal static class LongTimeoutCompletion
{
    public static OpenRouterSession Session(Uri baseUri, string key) => new(
        new SessionSettings(baseUri) { CompletionTimeout = TimeSpan.FromMinutes(1) }, Secret.Of(key));

    /// <summary>What is offered for the arguments of a line that is typed for the session.</summary>
    public static IReadOnlyList<CompletionResult> Complete(
        this ModuleRunspace shell, OpenRouterSession session, string typed)
    {
        shell.Run("$session = $given", new { given = session });
        return
        [
            // Where a completer offers nothing, PowerShell offers the files of the folder.
            .. shell.Complete(new Regex(@"^\S+").Replace(typed, "$0 -Session $$session"))
                .Where(static match => match.ResultType == CompletionResultType.ParameterValue),
        ];
    }
}
