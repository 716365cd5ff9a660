using System.Collections.Generic;
using System.Linq;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>What is wrong with a configuration. Everything is collected, so that one error can report it all.</summary>
internal sealed class ConfigurationErrors
{
    private const int MaximumShown = 50;

    private readonly List<(SourcePosition Position, string Message)> all = [];

    public int Count => all.Count;

    /// <param name="position">Where it is wrong.</param>
    /// <param name="format">A message that repeats no value that may be a secret.</param>
    /// <param name="arguments">The arguments of the message.</param>
    public void Add(SourcePosition position, string format, params object?[] arguments) =>
        all.Add((position, Messages.Format(format, arguments)));

    /// <exception cref="OpenRouterException">There is at least one error. The message has a line for each.</exception>
    public void ThrowIfAny()
    {
        if (all.Count == 0)
        {
            return;
        }

        var lines = all
            .OrderBy(error => error.Position.Source.Name, System.StringComparer.Ordinal)
            .ThenBy(error => error.Position.Offset)
            .Select(error => $"{DisplayText.Escape(error.Position.ToString())}: {error.Message}")
            .ToList();
        var shown = string.Join("\n", lines.Take(MaximumShown));
        if (lines.Count > MaximumShown)
        {
            shown += "\n" + Messages.Format(Messages.ConfigurationMoreErrors, lines.Count - MaximumShown);
        }

        throw new OpenRouterException(ErrorReason.InvalidConfiguration, shown);
    }
}
