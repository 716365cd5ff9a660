using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace OpenRouter.Byok.Tests;

/// <summary>A host without a screen: it keeps what it was shown and answers prompts from a list.</summary>
internal sealed class RecordingHost : PSHost
{
    public RecordingHost(int width = 120) => Screen = new RecordingUI(width);

    public RecordingUI Screen { get; }

    public override PSHostUserInterface UI => Screen;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Recording";

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}

/// <summary>A question that PowerShell asked, such as that of -Confirm.</summary>
internal sealed record AskedChoice(string Caption, string Message, IReadOnlyList<string> Choices);

internal sealed class RecordingUI(int width) : PSHostUserInterface
{
    private readonly StringBuilder text = new();
    private readonly StringBuilder trace = new();

    /// <summary>All text written so far, and nothing else.</summary>
    public string Text => text.ToString();

    /// <summary>What Set-PSDebug -Trace and the debug stream showed.</summary>
    public string Trace => trace.ToString();

    /// <summary>What masked prompts are answered with; without one there is nobody to be asked.</summary>
    public Queue<string> Secrets { get; } = new();

    /// <summary>
    /// What choices are answered with, by their label without the ampersand, such as Yes or "No to All".
    /// </summary>
    public Queue<string> Answers { get; } = new();

    public int Width
    {
        get => RawUI.BufferSize.Width;
        set => RawUI.BufferSize = RawUI.WindowSize = new Size(value, 3000);
    }

    public int MaskedPrompts { get; private set; }

    public List<AskedChoice> Asked { get; } = [];

    public List<ProgressRecord> Progress { get; } = [];

    public override PSHostRawUserInterface RawUI { get; } = new FixedRawUI(width);

    public override bool SupportsVirtualTerminal => false;

    public void Clear() => text.Clear();

    public void Reset()
    {
        Clear();
        Secrets.Clear();
        Answers.Clear();
        Asked.Clear();
        Progress.Clear();
        MaskedPrompts = 0;
        Width = width;
    }

    // Taking the colours out is for the host to do.
    public override void Write(string value) => text.Append(GetOutputString(value, SupportsVirtualTerminal));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(value);

    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteErrorLine(string value)
    {
    }

    public override void WriteDebugLine(string message) => trace.Append(message).Append('\n');

    public override void WriteVerboseLine(string message)
    {
    }

    public override void WriteWarningLine(string message)
    {
    }

    public override void WriteProgress(long sourceId, ProgressRecord record) => Progress.Add(record);

    public override string ReadLine() => throw new HostException("Nobody is here.");

    public override SecureString ReadLineAsSecureString()
    {
        MaskedPrompts++;
        return Secrets.TryDequeue(out var secret) ? Secret.Of(secret) : throw new HostException("Nobody is here.");
    }

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) =>
        descriptions.All(static field => field.ParameterTypeFullName == typeof(SecureString).FullName)
            ? descriptions.ToDictionary(static field => field.Name, _ => new PSObject(ReadLineAsSecureString()))
            : throw new HostException("Nobody is here.");

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        var labels = choices.Select(static choice => choice.Label.Replace("&", "", StringComparison.Ordinal)).ToList();
        Asked.Add(new AskedChoice(caption, message, labels));
        if (!Answers.TryDequeue(out var answer))
        {
            throw new HostException("Nobody is here.");
        }

        return labels.IndexOf(answer) is var index and >= 0
            ? index
            : throw new HostException($"No choice is {answer}.");
    }

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) =>
        throw new HostException("Nobody is here.");

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw new HostException("Nobody is here.");
}

internal sealed class FixedRawUI(int width) : PSHostRawUserInterface
{
    public override Size BufferSize { get; set; } = new(width, 3000);

    public override Size WindowSize { get; set; } = new(width, 50);

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Size MaxWindowSize => WindowSize;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; } = 1;

    public override bool KeyAvailable => false;

    public override string WindowTitle { get; set; } = "";

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException();

    public override void ScrollBufferContents(
        Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw new NotSupportedException();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) =>
        throw new NotSupportedException();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException();
}
