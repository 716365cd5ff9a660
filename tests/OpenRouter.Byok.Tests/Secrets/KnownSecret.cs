using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace OpenRouter.Byok.Tests.Secrets;

/// <summary>A secret that a test made up, and that a scan recognizes in whatever encoding it turns up.</summary>
internal sealed class KnownSecret
{
    // A tail of four is what the API itself shows as the label; twice that shows nowhere by accident.
    private const int RecognizableLength = 8;

    private readonly Lazy<List<(string Encoding, SearchValues<string> Parts)>> encodings;

    public KnownSecret(string name, string text)
    {
        (Name, Text) = (name, text);
        encodings = new(() =>
        [
            .. Encoded(Text[PublicPrefix.Length..])
                .Select(static one => (one.Encoding, SearchValues.Create(PartsOf(one.Text), StringComparison.Ordinal))),
        ]);
    }

    public string Name { get; }

    public string Text { get; }

    /// <summary>How every key of its kind begins: labels and help show that much.</summary>
    public string PublicPrefix { get; init; } = "";

    /// <summary>The encodings in which some recognizable part of the secret stands in the text.</summary>
    public IEnumerable<string> FoundIn(string text) =>
        from one in encodings.Value
        where text.AsSpan().ContainsAny(one.Parts)
        select $"{Name} {one.Encoding}";

    private static string[] PartsOf(string text) =>
    [
        .. Enumerable.Range(0, Math.Max(0, text.Length - RecognizableLength + 1))
            .Select(at => text.Substring(at, RecognizableLength)),
    ];

    private static IEnumerable<(string Encoding, string Text)> Encoded(string hidden)
    {
        yield return ("raw", hidden);
        yield return ("JSON-escaped", JsonSerializer.Serialize(hidden).Trim('"'));
        yield return ("URL-encoded", Uri.EscapeDataString(hidden));
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
        {
            var bytes = encoding.GetBytes(hidden);
            yield return ($"{encoding.WebName} hexadecimal", Convert.ToHexStringLower(bytes)[8..]);
            for (var shift = 0; shift < 3; shift++)
            {
                var shifted = Convert.ToBase64String([.. new byte[shift], .. bytes]).TrimEnd('=');
                // The first and the last group hold bits of the neighbors.
                yield return ($"{encoding.WebName} base64", shifted[4..^2]);
            }
        }
    }
}
