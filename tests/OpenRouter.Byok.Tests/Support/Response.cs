using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Tests;

/// <summary>What <see cref="ScriptedServer"/> does with one request.</summary>
internal sealed record Response(Func<Stream, CancellationToken, Task> Give)
{
    /// <summary>The connection is torn down as soon as it is made.</summary>
    public static readonly Response ResetBeforeReading =
        new(static (_, _) => Task.CompletedTask) { IsBeforeReading = true };

    /// <summary>The request is taken, and the connection torn down.</summary>
    public static readonly Response ResetAfterReading = new(static (_, _) => Task.CompletedTask) { EndsInReset = true };

    /// <summary>The request is taken, and the connection closed in good order without a word.</summary>
    public static readonly Response Hangup = new(static (_, _) => Task.CompletedTask);

    /// <summary>Nothing ever comes.</summary>
    public static readonly Response Silence = new(static (_, stop) => Task.Delay(Timeout.Infinite, stop));

    public bool IsBeforeReading { get; private init; }

    public bool EndsInReset { get; private init; }

    public static Response Json(string body, int status = 200, params string[] headers) =>
        Of(status, "application/json", body, headers);

    /// <summary>The API's error body.</summary>
    public static Response Error(int status, string message, params string[] headers) =>
        Json(
            $$$"""{"error":{"code":{{{status}}},"message":{{{JsonSerializer.Serialize(message)}}}}}""",
            status,
            headers);

    /// <summary>What a proxy or an edge answers.</summary>
    public static Response Html(int status, params string[] headers) =>
        Of(status, "text/html", "<html><body><h1>Something is wrong</h1></body></html>", headers);

    public static Response Of(int status, string contentType, string body, params string[] headers) =>
        Raw(Head(status, contentType, Encoding.UTF8.GetByteCount(body), headers) + body);

    /// <summary>An answer that promises a longer body than comes, ended in good order or by a reset.</summary>
    public static Response Truncated(string body, bool reset = false) =>
        Raw(Head(200, "application/json", Encoding.UTF8.GetByteCount(body) + 100) + body) with { EndsInReset = reset };

    /// <summary>An answer of whose body no more than this ever comes.</summary>
    public static Response Stalled(string body) => new(async (stream, stop) =>
    {
        await WriteAsync(stream, Head(200, "application/json", Encoding.UTF8.GetByteCount(body) + 100) + body, stop);
        await Task.Delay(Timeout.Infinite, stop);
    });

    /// <summary>An answer whose body comes byte by byte.</summary>
    public static Response Trickle(string body, TimeSpan pause) => new(async (stream, stop) =>
    {
        await WriteAsync(stream, Head(200, "application/json", Encoding.UTF8.GetByteCount(body)), stop);
        foreach (var piece in Encoding.UTF8.GetBytes(body).Chunk(1))
        {
            await stream.WriteAsync(piece, stop);
            await Task.Delay(pause, stop);
        }
    });

    /// <summary>The same answer, late.</summary>
    public Response After(TimeSpan delay) => this with
    {
        Give = async (stream, stop) =>
        {
            await Task.Delay(delay, stop);
            await Give(stream, stop);
        },
    };

    /// <summary>Bytes as they are.</summary>
    public static Response Raw(string text) => new((stream, stop) => WriteAsync(stream, text, stop));

    private static string Head(int status, string contentType, int length, params string[] headers) => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status} Scripted\r\nContent-Type: {contentType}\r\n"
        + $"Content-Length: {length}\r\nConnection: close\r\n")
        + string.Concat(headers.Select(static header => header + "\r\n")) + "\r\n";

    private static async Task WriteAsync(Stream stream, string text, CancellationToken stop) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
}
