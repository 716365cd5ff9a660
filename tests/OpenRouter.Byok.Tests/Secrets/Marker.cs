using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace OpenRouter.Byok.Tests.Secrets;

/// <summary>A secret that a scan can recognise in whatever disguise it turns up.</summary>
internal sealed record Marker(string Name, string Text)
{
    // A tail of four is what the API itself shows as the label; twice that shows nowhere by accident.
    private const int Recognisable = 8;

    /// <summary>How every key of its kind begins: labels and help show that much.</summary>
    public string PublicPrefix { get; init; } = "";

    private string Hidden => Text[PublicPrefix.Length..];

    /// <summary>The disguises in which some recognisable part of the secret stands in the text.</summary>
    public IEnumerable<string> FoundIn(string text)
    {
        foreach (var (disguise, form) in Disguises())
        {
            for (var at = 0; at + Recognisable <= form.Length; at++)
            {
                if (!text.Contains(form.Substring(at, Recognisable), StringComparison.Ordinal)) continue;
                yield return $"{Name} {disguise}";
                break;
            }
        }
    }

    private IEnumerable<(string Disguise, string Form)> Disguises()
    {
        yield return ("raw", Hidden);
        yield return ("JSON-escaped", JsonSerializer.Serialize(Hidden).Trim('"'));
        yield return ("URL-encoded", Uri.EscapeDataString(Hidden));
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
        {
            var bytes = encoding.GetBytes(Hidden);
            yield return ($"{encoding.WebName} hexadecimal", Convert.ToHexStringLower(bytes)[8..]);
            for (var shift = 0; shift < 3; shift++)
            {
                var shifted = Convert.ToBase64String([.. new byte[shift], .. bytes]).TrimEnd('=');
                // The first and the last group hold bits of the neighbours.
                yield return ($"{encoding.WebName} base64", shifted[4..^2]);
            }
        }
    }
}
