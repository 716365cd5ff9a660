using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Byok.Benchmarks.Children;

/// <summary>The server process: one sandbox for each line it reads, so that its work burdens no contender.</summary>
internal static class ServerChild
{
    public static async Task RunAsync()
    {
        var servers = new List<SandboxServer>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var wanted = JsonSerializer.Deserialize(line, Protocol.Default.ServerRequest)!;
            var options = new SandboxOptions
            {
                KeyCount = wanted.Keys,
                Latency = TimeSpan.FromMilliseconds(wanted.LatencyMs),
            };
            var server = await SandboxServer.StartAsync(options, CancellationToken.None);
            servers.Add(server);
            var reply = new ServerReply(server.BaseUri.AbsoluteUri, server.ManagementKey);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(reply, Protocol.Default.ServerReply));
        }

        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }
}
