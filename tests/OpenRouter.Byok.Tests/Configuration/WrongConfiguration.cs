using System;

namespace OpenRouter.Byok.Tests.Configuration;

/// <summary>A configuration with one error, and where the error is.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Marked">The JSON, with a § before what is wrong.</param>
/// <param name="Word">What the error of the reader must contain.</param>
internal sealed record WrongConfiguration(string Name, string Marked, string Word)
{
    /// <summary>Stands in the place of a key. No error may repeat it.</summary>
    public const string Literal = "sk-not-a-real-key-0123456789";

    private const string Marker = "§";

    /// <summary>Whether the schema refuses it as well. It cannot compare entries with each other.</summary>
    public bool SchemaSees { get; init; } = true;

    public string Json => Marked.Replace(Marker, "", StringComparison.Ordinal);

    /// <summary>The number of characters before what is wrong.</summary>
    public int Offset => Marked.IndexOf(Marker, StringComparison.Ordinal);

    /// <summary>The line of what is wrong, counted from 1.</summary>
    public int Line => Marked[..Offset].Split('\n').Length;

    /// <summary>Its column, counted from 1 in UTF-16 code units.</summary>
    public int Column => Offset - Marked[..Offset].LastIndexOf('\n');

    public override string ToString() => Name;

    /// <summary>A file with the entries, which stand in lines of their own.</summary>
    public static string File(params string[] entries) =>
        $$"""
        {
          "version": 1, // the only one
          "credentials": [
            {{string.Join(",\n    ", entries)}},
          ]
        }
        """.ReplaceLineEndings("\n");

    /// <summary>A file with a credential for openai that has these properties as well.</summary>
    public static string OpenAI(string properties) => Provider("openai", properties);

    /// <summary>A file with a credential for the provider that has these properties as well.</summary>
    public static string Provider(string provider, string properties) =>
        File($$"""{ "provider": "{{provider}}", {{properties}} }""");
}
