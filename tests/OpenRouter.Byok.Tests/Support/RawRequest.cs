using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Tests;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Head">Request line and headers.</param>
/// <param name="Body">The body, empty when there was none.</param>
internal sealed record RawRequest(string Head, string Body)
{
    public string Method => Head.Split(' ')[0];

    /// <summary>Path and query, undecoded.</summary>
    public string Target => Head.Split(' ')[1];

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? Header(string name) => Head.Split("\r\n").Skip(1)
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    /// <summary>Null when the caller hangs up first.</summary>
    public static async Task<RawRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var buffer = new byte[8192];
        int? end = null;
        while (true)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return null;
            }

            bytes.AddRange(buffer.AsSpan(0, read));
            var head = Encoding.Latin1.GetString(bytes.ToArray()).Split("\r\n\r\n")[0];
            if (end is null && head.Length < bytes.Count)
            {
                end = head.Length + 4 + LengthOf(head);
            }

            if (bytes.Count >= end)
            {
                return new RawRequest(
                    head, Encoding.UTF8.GetString(bytes.ToArray(), head.Length + 4, end.Value - head.Length - 4));
            }
        }
    }

    private static int LengthOf(string head) =>
        new RawRequest(head, "").Header("Content-Length") is { } length
            ? int.Parse(length, CultureInfo.InvariantCulture)
            : 0;
}
