using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace OpenRouter.Sandbox.Shell;

/// <summary>What PowerShell asks. Without somebody to ask, a prompt fails and says what to give instead.</summary>
internal sealed partial class SandboxHostUi
{
    private readonly LineEditor editor = new(console);

    /// <summary>Called on Ctrl+C at a prompt, before the prompt ends.</summary>
    public Action? Interrupted { get; set; }

    public override string ReadLine() => Ask(string.Empty);

    public override SecureString ReadLineAsSecureString() => AskSecret(string.Empty);

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        RequireSomebody(
            $"for {string.Join(", ", descriptions.Select(field => field.Name))}. Specify it as a parameter");
        Announce(caption, message);
        return descriptions.ToDictionary(field => field.Name, field => new PSObject(AskField(field)));
    }

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RequireSomebody("for confirmation. Specify -Confirm:$false");
        Announce(caption, message);
        var labels = choices.Select(choice => new ChoiceLabel(choice)).ToList();
        var standard = defaultChoice >= 0 ? $" (default is \"{labels[defaultChoice].Key}\")" : string.Empty;
        // To suspend a command needs a prompt within the prompt, which this host does not have.
        var offered = labels.Where(label => label.Name != "Suspend").ToList();
        var question = string.Join("  ", offered.Select(label => label.Shown).Append("[?] Help")) + standard + ": ";
        while (true)
        {
            var answer = Ask(question).Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            var chosen = labels.FindIndex(label => offered.Contains(label) && label.Accepts(answer));
            if (chosen >= 0)
            {
                return chosen;
            }

            if (answer == "?")
            {
                offered.ForEach(label => WriteLine($"{label.Key} - {label.Help}"));
            }
        }
    }

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, default, default);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        RequireSomebody("for a user name and password. Specify a PSCredential as a parameter");
        Announce(caption, message);
        var user = string.IsNullOrEmpty(userName) ? Ask("User: ") : userName;
        return new PSCredential(user, AskSecret($"Password for user {user}: "));
    }

    private object? AskField(FieldDescription field)
    {
        LanguagePrimitives.TryConvertTo<Type>(field.ParameterTypeFullName, out var found);
        var type = found ?? typeof(string);
        if (type == typeof(SecureString))
        {
            return AskSecret($"{field.Name}: ");
        }

        if (type == typeof(PSCredential))
        {
            return PromptForCredential(string.Empty, string.Empty, string.Empty, string.Empty);
        }

        return type.IsArray ? AskList(field.Name) : Ask($"{field.Name}: ");
    }

    private string[] AskList(string name)
    {
        var values = new List<string>();
        while (Ask($"{name}[{values.Count.ToString(CultureInfo.InvariantCulture)}]: ") is { Length: > 0 } value)
        {
            values.Add(value);
        }

        return [.. values];
    }

    private void Announce(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
        {
            WriteLine(console.HasColor ? Ansi.Bold + caption + Ansi.Reset : caption);
        }

        if (!string.IsNullOrEmpty(message))
        {
            WriteLine(message);
        }
    }

    private string Ask(string prompt)
    {
        RequireSomebody("for a value. Specify it as a parameter");
        progress.Clear();
        return OrInterrupted(editor.ReadLine(TakeUnfinishedLine() + prompt));
    }

    // The editor draws the whole line, so what a script wrote at its start belongs to the prompt.
    private string TakeUnfinishedLine()
    {
        var start = unfinishedLine;
        unfinishedLine = string.Empty;
        return start;
    }

    private SecureString AskSecret(string prompt)
    {
        RequireSomebody("for a secret. Specify a SecureString as a parameter");
        progress.Clear();
        return OrInterrupted(SecretReader.Read(console, prompt));
    }

    private T OrInterrupted<T>(T? answer) where T : class
    {
        if (answer is not null)
        {
            return answer;
        }

        Interrupted?.Invoke();
        throw new PipelineStoppedException();
    }

    private void RequireSomebody(string question)
    {
        if (!console.CanAsk)
        {
            throw new HostException($"Input is not a terminal, so you cannot be prompted {question}.");
        }
    }
}
