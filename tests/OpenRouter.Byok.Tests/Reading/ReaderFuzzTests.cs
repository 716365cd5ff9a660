using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using OpenRouter.Byok.Api.Json;
using Xunit;

namespace OpenRouter.Byok.Tests.Reading;

/// <summary>
/// Bodies that were damaged in every way: bytes changed, cut out, doubled, spliced. The seed is fixed, so that a
/// failure comes again; whatever once failed is kept in the corpus.
/// </summary>
public sealed class ReaderFuzzTests
{
    private const int Rounds = 20_000;

    private static IReadOnlyList<byte[]> Corpus => [.. Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Reading", "Corpus"))
        .Order(StringComparer.Ordinal)
        .Select(File.ReadAllBytes)];

    [Fact]
    public void A_damaged_body_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(20261123);
        var corpus = Corpus;
        var (read, refused) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var body = Damage(corpus, random);
            try
            {
                ByokKeyPageResponse.Read(body);
                read++;
            }
            catch (Exception exception)
                when (exception is JsonException or InvalidOperationException or FormatException)
            {
                // These the transport turns into InvalidResponse; any other would be a raw exception on somebody's
                // screen.
                refused++;
            }
        }

        // The control: the damage is neither harmless nor total.
        Assert.True(read > Rounds / 50, $"only {read} were read");
        Assert.True(refused > Rounds / 10, $"only {refused} were refused");
    }

    // Taken for a new field, it would leave a credential that is restricted without its restriction.
    [Fact]
    public void A_field_whose_name_is_not_UTF_8_is_refused_and_not_taken_for_a_new_one()
    {
        var body = """{"data":{"id":"x","provider":"openai","allowed_models":["openai/gpt-5"]}}"""u8.ToArray();
        Assert.NotNull(ByokKeyResponse.Read(body).AllowedModels);

        body[body.AsSpan().IndexOf("llowed"u8)] = 0xFF;

        Assert.Throws<JsonException>(() => ByokKeyResponse.Read(body));
    }

    [Fact]
    public void Over_the_wire_a_damaged_body_is_a_list_or_an_unreadable_answer()
    {
        var random = new Random(7);
        var corpus = Corpus;
        using var server = new ScriptedServer
        {
            DefaultResponse = _ => new Response(async (stream, stop) =>
            {
                var body = Damage(corpus, random);
                await stream.WriteAsync(
                    System.Text.Encoding.ASCII.GetBytes(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                        + $"Content-Length: {body.Length}\r\n\r\n"),
                    stop);
                await stream.WriteAsync(body, stop);
            }),
        };
        using var session = FastRetrySession.For(server.BaseUri, ScriptedServer.Key, retries: 0);
        using var shell = new ModuleRunspace();
        for (var round = 0; round < 200; round++)
        {
            var result = shell.Run("Get-OpenRouterByokKey -Session $session -First 3", new { session });

            Assert.All(result.Errors, static error => Assert.StartsWith(
                "OpenRouterByok.InvalidResponse", error.FullyQualifiedErrorId, StringComparison.Ordinal));
            Assert.All(result.Output, static item => Assert.IsType<ByokKey>(item.BaseObject));
        }
    }

    private static byte[] Damage(IReadOnlyList<byte[]> corpus, Random random)
    {
        var body = corpus[random.Next(corpus.Count)].ToList();
        for (var wounds = random.Next(1, 4); wounds > 0 && body.Count > 1; wounds--)
        {
            var at = random.Next(body.Count);
            var length = random.Next(1, Math.Min(40, body.Count - at) + 1);
            switch (random.Next(6))
            {
                case 0: body[at] = (byte)random.Next(256); break;
                case 1: body.RemoveRange(at, length); break;
                case 2: body.InsertRange(at, body.GetRange(at, length)); break;
                case 3: body.RemoveRange(at, body.Count - at); break;
                case 4: body[at] = "\"{}[]:,0-n\\u"u8[random.Next(12)]; break;
                default:
                    var other = corpus[random.Next(corpus.Count)];
                    body.InsertRange(at, other.Skip(random.Next(other.Length)).Take(60));
                    break;
            }
        }

        return [.. body];
    }
}
