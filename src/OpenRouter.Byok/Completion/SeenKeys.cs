using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Completion;

/// <summary>The credentials that completion can offer without making anyone wait for long.</summary>
internal static class SeenKeys
{
    /// <summary>
    /// Those that the command line is about. A session that has not seen the whole of them lately has a quick look.
    /// </summary>
    /// <param name="boundParameters">What the command line holds so far.</param>
    /// <param name="ofAnyWorkspace">Whether, where no workspace is given, all that were seen are meant.</param>
    public static IReadOnlyList<ByokKey> For(IDictionary boundParameters, bool ofAnyWorkspace)
    {
        if (CompletionLookup.SessionOf(boundParameters) is not { } session) return [];
        try
        {
            var reach = new CredentialLookup(boundParameters);
            var notBefore = CompletionLookup.NotBefore(session);
            CompletionLookup.Read(session, reach.ToString(), stop => reach.ReadAsync(session, notBefore, stop));
            return reach.Seen(session, ofAnyWorkspace);
        }
        catch (RuntimeException)
        {
            // What stands there is no argument, or no pattern, yet.
            return [];
        }
        catch (OpenRouterException)
        {
            return [];
        }
    }
}
