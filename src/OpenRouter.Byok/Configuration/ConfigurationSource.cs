using System;

namespace OpenRouter.Byok.Configuration;

/// <summary>A file, or an object of the pipeline, that a configuration was read from.</summary>
/// <param name="name">What errors call it: the path as it was given, or the number of the object.</param>
/// <param name="locate">
/// The line and the column of an offset, both counted from 1; null for objects of the pipeline, which have none.
/// </param>
internal sealed class ConfigurationSource(string name, Func<int, (int Line, int Column)>? locate = null)
{
    public string Name { get; } = name;

    /// <summary>The folder that relative paths start from; null means the current location.</summary>
    public string? Folder { get; init; }

    /// <summary>How names of properties compare: exactly in JSON, and regardless of case in PowerShell.</summary>
    public StringComparer Names { get; init; } = StringComparer.Ordinal;

    /// <summary>The place as editors and terminals know it, such as openrouter.json:12:7.</summary>
    public string Describe(int offset) =>
        locate?.Invoke(offset) is (var line, var column) ? $"{Name}:{line}:{column}" : Name;
}

/// <summary>A place in a configuration.</summary>
internal readonly record struct SourcePosition(ConfigurationSource Source, int Offset)
{
    public override string ToString() => Source.Describe(Offset);
}
