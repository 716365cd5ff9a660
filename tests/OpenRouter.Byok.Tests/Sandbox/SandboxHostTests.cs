using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using OpenRouter.Byok.Tests.Shell;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

/// <summary>The sandbox answers whoever meant it, and nobody whose own name has led here.</summary>
public sealed class SandboxHostTests
{
    [Theory]
    [InlineData("127.0.0.1:{0}")]
    [InlineData("localhost:{0}")]
    [InlineData("LOCALHOST:{0}")]
    [InlineData("[::1]:{0}")]
    public async Task Its_own_names_are_answered(string host)
    {
        await using var server = await SandboxServer.StartAsync(new(), TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 200 ", await GetAsync(server, "/api/v1/providers", host), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example.com:{0}")]
    [InlineData("evil.example.com")]
    [InlineData("localhost.evil.example.com:{0}")]
    [InlineData("127.0.0.1.nip.io:{0}")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost:1")]
    [InlineData("127.0.0.2:{0}")]
    [InlineData("0.0.0.0:{0}")]
    [InlineData("")]
    public async Task Any_other_is_refused_whatever_key_comes_with_it(string host)
    {
        await using var server = await SandboxServer.StartAsync(new(), TestContext.Current.CancellationToken);

        foreach (var path in new[] { "/api/v1/providers", "/api/v1/byok", "/" })
        {
            var answer = await GetAsync(server, path, host);

            Assert.StartsWith("HTTP/1.1 421 ", answer, StringComparison.Ordinal);
            var body = JsonNode.Parse(answer[answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)..])!;
            Assert.Equal(421, (int)body["error"]!["code"]!);
            Assert.Equal(
                "The Host header does not name this server", (string?)body["error"]!["message"]);
        }
    }

    [Fact]
    public async Task Each_start_has_its_own_keys()
    {
        Assert.NotEqual(await KeysOfAStartAsync(), await KeysOfAStartAsync());

        static async Task<string> KeysOfAStartAsync()
        {
            using var sandbox = SandboxProcess.Start("serve");
            var line = await sandbox.ReadLineAsync();
            return line[line.IndexOf("inference key ", StringComparison.Ordinal)..];
        }
    }

    private static async Task<string> GetAsync(SandboxServer server, string path, string host)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.BaseUri.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var named = string.Format(System.Globalization.CultureInfo.InvariantCulture, host, server.BaseUri.Port);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET {path} HTTP/1.1\r\nHost: {named}\r\nAuthorization: Bearer {server.ManagementKey}\r\n"
                + "Connection: close\r\n\r\n"),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
