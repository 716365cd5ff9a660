using System;

namespace OpenRouter.Byok.Errors;

/// <summary>What PowerShell shows of an error.</summary>
internal static class DisplayedText
{
    // PowerShell 7.5 began to show what an error recommends. Windows PowerShell's engine calls itself 3.0.
    private static readonly Version ShowsRecommendations = new(7, 5);

    /// <summary>The message, and the recommendation where the engine would not show it by itself.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="recommendedAction">What to do about it.</param>
    /// <param name="engine">The version of the engine's assembly, System.Management.Automation.</param>
    public static string Of(string message, string recommendedAction, Version engine) =>
        engine >= ShowsRecommendations ? message : message + " " + recommendedAction;
}
