using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;

using OpenRouter.Byok.Session;
namespace OpenRouter.Byok.Tests;

/// <summary>Completion that waits for the account however busy the machine is.</summary>
internal static class PatientCompletion
{
    public static OpenRouterSession Session(Uri baseUri, string key) => new(
        new SessionSettings(baseUri) { CompletionTimeout = TimeSpan.FromMinutes(1) }, Secret.Of(key));

    /// <summary>What is offered for the arguments of a line that is typed for the session.</summary>
    public static IReadOnlyList<CompletionResult> Complete(
        this ModuleRunspace shell, OpenRouterSession session, string typed)
    {
        shell.Run("$patient = $given", new { given = session });
        return
        [
            // Where a completer offers nothing, PowerShell offers the files of the folder.
            .. shell.Complete(new Regex(@"^\S+").Replace(typed, "$0 -Session $$patient"))
                .Where(static match => match.ResultType == CompletionResultType.ParameterValue),
        ];
    }
}
