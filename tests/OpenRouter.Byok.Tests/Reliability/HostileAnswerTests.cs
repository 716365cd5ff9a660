using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace OpenRouter.Byok.Tests.Reliability;

/// <summary>Answers that nobody can trust end in an error of the table, in bounded memory and time.</summary>
public sealed class HostileAnswerTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";

    [Fact]
    public void A_body_that_never_ends_is_not_read_to_its_end()
    {
        // Whoever wants more than the maximum of 32 megabytes and one waits for it until the request times out.
        using var server = new ScriptedServer
        {
            DefaultResponse = static _ => new Response(static async (stream, stop) =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Head + "\r\n{\"data\":\""), stop);
                var piece = new byte[1 << 20];
                Array.Fill(piece, (byte)'x');
                for (var megabyte = 0; megabyte < 33; megabyte++)
                {
                    await stream.WriteAsync(piece, stop);
                }

                await Task.Delay(Timeout.Infinite, stop);
            }),
        };

        AssertInvalid(server, "exceeds the maximum size");
    }

    [Fact]
    public void A_body_that_unpacks_without_end_is_not_unpacked_to_its_end()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var megabyte = 0; megabyte < 256; megabyte++)
            {
                gzip.Write(zeros);
            }
        }

        using var server = new ScriptedServer { DefaultResponse = _ => Packed(packed.ToArray()) };

        AssertInvalid(server, "exceeds the maximum size");
    }

    [Fact]
    public void A_body_that_is_not_packed_as_it_says_is_an_error()
    {
        using var server = new ScriptedServer
        {
            DefaultResponse = static _ => Packed(Encoding.ASCII.GetBytes("this is no gzip")),
        };
        using var session = FastRetrySession.For(server.BaseUri, ScriptedServer.Key, retries: 1);
        using var shell = new ModuleRunspace();

        var error = shell.Run("Get-OpenRouterByokKey -Session $session", new { session }).OnlyError();

        Assert.StartsWith("OpenRouterByok.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("gzip", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Headers_in_the_thousands_are_an_error()
    {
        var headers = string.Concat(
            Enumerable.Range(0, 20_000).Select(static number => $"X-{number}: some value or other\r\n"));
        using var server = new ScriptedServer
        {
            DefaultResponse = _ => Response.Raw(Head + headers + "Content-Length: 2\r\n\r\n{}"),
        };

        AssertInvalid(server, "exceeds the maximum size");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"data\":[{\"id\":\"a\",\"provider\":\"openai\"}")]
    [InlineData("<html>Sign in to the guest network</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"data\":null}")]
    [InlineData("{\"data\":[null]}")]
    [InlineData("{\"data\":[{\"provider\":\"openai\"}],\"total_count\":1}")]
    [InlineData("{\"data\":[],\"total_count\":0}{\"data\":[]}")]
    public void A_body_that_is_no_list_is_an_error(string body)
    {
        using var server = new ScriptedServer { DefaultResponse = _ => Response.Json(body) };

        AssertInvalid(server, "is not in the documented format");
    }

    [Fact]
    public void A_list_that_is_called_plain_text_is_a_list_all_the_same()
    {
        using var server = new ScriptedServer
        {
            DefaultResponse = static _ => Response.Of(
                200, "text/plain", "{\"data\":[{\"id\":\"a\",\"provider\":\"openai\"}],\"total_count\":1}"),
        };
        using var shell = ModuleRunspace.ConnectedTo(server);

        Assert.Equal("a", shell.Run("Get-OpenRouterByokKey").Only<ByokKey>().Id);
    }

    [Theory]
    [InlineData("../keys")]
    [InlineData("%2e%2e")]
    [InlineData("x/../../keys/abc")]
    [InlineData("a/b?c=d#e")]
    [InlineData("a\r\nX-Forged: yes")]
    [InlineData("é ü\t漢")]
    public void What_is_no_id_goes_into_no_address(string id)
    {
        using var server = new ScriptedServer();
        using var shell = ModuleRunspace.ConnectedTo(server);

        var error = shell.Run("Remove-OpenRouterByokKey -Id $id -Confirm:$false", new { id }).OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidArgument", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("The value (a String) is not the id of a credential.", error.ToString());
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("Connect-OpenRouter $key -BaseUri $uri -SkipCheck")]
    [InlineData("Connect-OpenRouter $key -BaseUri $uri")]
    public void A_management_key_with_a_line_break_is_refused(string command)
    {
        using var server = new ScriptedServer();
        using var shell = new ModuleRunspace();

        var error = shell
            .Run(command, new { key = Secret.Of("sk-or-v1-x\r\nX-Forged: yes"), uri = server.BaseUri })
            .OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidArgument", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static void AssertInvalid(ScriptedServer server, string words)
    {
        using var session = FastRetrySession.For(server.BaseUri, ScriptedServer.Key, retries: 1);
        using var shell = new ModuleRunspace();

        var error = shell.Run("Get-OpenRouterByokKey -Session $session", new { session }).OnlyError();

        Assert.StartsWith("OpenRouterByok.InvalidResponse", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
    }

    private static Response Packed(byte[] body) => new(async (stream, stop) =>
    {
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"{Head}Content-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n"), stop);
        await stream.WriteAsync(body, stop);
    });
}
