using System;
using System.Management.Automation.Host;

namespace OpenRouter.Sandbox.Shell;

/// <summary>One answer of a prompt: <c>&amp;Yes</c> is shown as <c>[Y] Yes</c> and accepts y and yes.</summary>
internal sealed class ChoiceLabel
{
    public ChoiceLabel(ChoiceDescription choice)
    {
        var mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        Name = choice.Label.Replace("&", string.Empty, StringComparison.Ordinal);
        Key = mark >= 0 && mark < Name.Length ? Name.Substring(mark, 1).ToUpperInvariant() : Name;
        Help = string.IsNullOrEmpty(choice.HelpMessage) ? Name : choice.HelpMessage;
    }

    public string Name { get; }

    public string Key { get; }

    public string Help { get; }

    public string Shown => $"[{Key}] {Name}";

    public bool Accepts(string answer) =>
        string.Equals(answer, Key, StringComparison.OrdinalIgnoreCase)
        || string.Equals(answer, Name, StringComparison.OrdinalIgnoreCase);
}
