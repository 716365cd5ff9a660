using System.Collections.Generic;

namespace OpenRouter.Sandbox.Shell;

/// <summary>The lines that were entered, and the place in them while the arrow keys leaf through.</summary>
internal sealed class History
{
    private readonly List<string> lines = [];
    private int at;
    private string draft = string.Empty;

    public void Add(string line)
    {
        if (line.Trim().Length > 0 && (lines.Count == 0 || lines[^1] != line))
        {
            lines.Add(line);
        }

        at = lines.Count;
    }

    /// <returns>The line before; null at the oldest one.</returns>
    public string? Older(string current)
    {
        if (at == 0)
        {
            return null;
        }

        if (at == lines.Count)
        {
            draft = current;
        }

        return lines[--at];
    }

    /// <returns>The line after, at last what was being typed; null when that is already there.</returns>
    public string? Newer()
    {
        if (at == lines.Count)
        {
            return null;
        }

        return ++at == lines.Count ? draft : lines[at];
    }

    public void Rewind() => at = lines.Count;
}
