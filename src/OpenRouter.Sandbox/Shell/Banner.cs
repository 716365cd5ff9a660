using OpenRouter.Sandbox.Server;

namespace OpenRouter.Sandbox.Shell;

/// <summary>The lines that greet whoever opens the shell, within 80 columns.</summary>
internal static class Banner
{
    public const string OwnPwsh = "This is your own pwsh. Only this session is connected to the sandbox.";

    public const string BareEngine = "This is the built-in engine, not pwsh. It has no Export-Csv, Get-Member, etc.";

    public static string Text(SandboxServer server, string engine, bool color)
    {
        var (on, off) = color ? (Ansi.Yellow, Ansi.Reset) : (string.Empty, string.Empty);
        return $"""

            A local OpenRouter with sample data, at {server.BaseUri}.
            Nothing leaves this computer. When you type exit, all data is discarded. Try:

              {on}Get-OpenRouterByokKey{off}
              {on}Get-OpenRouterByokKey -Provider openai | Disable-OpenRouterByokKey -WhatIf{off}
              {on}Get-Help New-OpenRouterByokKey -Examples{off}

            {engine}


            """;
    }
}
