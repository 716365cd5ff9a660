using System;

namespace OpenRouter.Sandbox.Shell;

/// <summary>What the PowerShell host needs of a console. A text writer is enough for tests.</summary>
internal interface IConsole
{
    /// <summary>Whether output can be rewritten: a progress line is shown only then.</summary>
    bool IsTerminal { get; }

    /// <summary>Whether output takes ANSI colours.</summary>
    bool HasColor { get; }

    /// <summary>Whether somebody is there to answer prompts.</summary>
    bool CanAsk { get; }

    int Width { get; }

    int Height { get; }

    void Write(string text);

    void WriteError(string text);

    /// <summary>Waits for a key without showing it. Ctrl+C comes as a key too.</summary>
    ConsoleKeyInfo ReadKey();
}
