using System;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace OpenRouter.Byok.Tests.Secrets;

/// <summary>
/// Answers that throw what they were told, headers and body, back at the caller inside their message.
/// </summary>
internal static class EchoingServer
{
    public static readonly string[] Encodings = ["raw", "escaped", "url", "base64", "cut"];

    public static Func<RawRequest, Response> Answering(int status, string encoding) => request =>
    {
        var heard = request.Header("Authorization") + " " + request.Body;
        return Response.Error(status, encoding switch
        {
            "escaped" => JsonSerializer.Serialize(heard),
            "url" => Uri.EscapeDataString(heard),
            "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(heard)),
            "cut" => string.Join(" | ", heard.Chunk(heard.Length / 2).Select(static half => new string(half))),
            _ => heard,
        });
    };
}
