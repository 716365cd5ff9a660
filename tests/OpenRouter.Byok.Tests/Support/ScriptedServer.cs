using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace OpenRouter.Byok.Tests;

/// <summary>
/// A server on loopback that does as it is told, however rude: it answers from a queue, then by a handler, and keeps
/// every request as it came over the wire. Each connection serves one request.
/// </summary>
internal sealed class ScriptedServer : IDisposable
{
    /// <summary>The management key that runspaces connected to it use.</summary>
    public const string Key = "sk-or-v1-scripted-management-key";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Response> answers = new();
    private readonly ConcurrentQueue<RawRequest> requests = new();
    private readonly X509Certificate2? certificate;
    private int connections;

    public ScriptedServer(X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public Uri BaseUri => new($"{(certificate is null ? "http" : "https")}://127.0.0.1:{Port}/api/v1");

    /// <summary>The requests in the order in which they were read to their end.</summary>
    public IReadOnlyList<RawRequest> Requests => [.. requests];

    /// <summary>Connections made, whether or not a request came over them.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>What answers when the queue is empty; by default a 404.</summary>
    public Func<RawRequest, Response> DefaultResponse { get; set; } = NotFound;

    /// <summary>Adds answers for the next requests, one each.</summary>
    public ScriptedServer Then(params ReadOnlySpan<Response> next)
    {
        foreach (var answer in next)
        {
            answers.Enqueue(answer);
        }

        return this;
    }

    /// <summary>Forgets answers and requests.</summary>
    public void Reset()
    {
        answers.Clear();
        requests.Clear();
        Volatile.Write(ref connections, 0);
        DefaultResponse = NotFound;
    }

    /// <summary>Waits until so many requests have come.</summary>
    public async Task WaitForAsync(int count, CancellationToken cancellationToken)
    {
        for (var remaining = 2000; requests.Count < count; remaining--)
        {
            if (remaining == 0)
            {
                throw new TimeoutException($"{requests.Count} requests came, not {count}.");
            }

            await Task.Delay(5, cancellationToken);
        }
    }

    /// <summary>An address where nobody listens.</summary>
    public static Uri Nowhere()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}/api/v1");
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
    }

    private static Response NotFound(RawRequest request) => Response.Error(404, "Resource not found");

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody is to be served any more.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref connections);
        using (client)
        {
            try
            {
                if (answers.TryPeek(out var refusal) && refusal.IsBeforeReading && answers.TryDequeue(out _))
                {
                    Abort(client);
                    return;
                }

                await using var stream = await SecureAsync(client.GetStream());
                if (await RawRequest.ReadAsync(stream, stop.Token) is not { } request)
                {
                    return;
                }

                requests.Enqueue(request);
                var answer = answers.TryDequeue(out var next) ? next : DefaultResponse(request);
                await answer.Give(stream, stop.Token);
                if (answer.EndsInReset)
                {
                    Abort(client);
                }
                else
                {
                    await CloseAsync(client, stream);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException
                or ObjectDisposedException or AuthenticationException)
            {
                // The caller hung up, or the test is over.
            }
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream plain)
    {
        if (certificate is null)
        {
            return plain;
        }

        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(certificate);
        return secure;
    }

    // Without reading on to the end, closing could reset the connection before the answer was read.
    private async Task CloseAsync(TcpClient client, Stream stream)
    {
        await stream.FlushAsync(stop.Token);
        client.Client.Shutdown(SocketShutdown.Send);
        var rest = new byte[256];
        while (await stream.ReadAsync(rest, stop.Token) > 0)
        {
        }
    }

    private static void Abort(TcpClient client)
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }
}
