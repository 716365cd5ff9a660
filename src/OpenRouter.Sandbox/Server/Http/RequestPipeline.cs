using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OpenRouter.Sandbox.Server;

/// <summary>Records, delays, and handles every request, or makes it fail as the fault plan says.</summary>
internal sealed class RequestPipeline(SandboxOptions options, Router router)
{
    private long requestCount;

    public RequestLog Log { get; } = new();

    public FaultInjector Faults { get; set; } = new(options.Faults);

    public Func<HttpContext, Task<bool>>? Intercept { get; set; }

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await HandleCoreAsync(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, ApiResponse.Error(e.StatusCode, "Request body could not be read"));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The caller hung up, or the sandbox is stopping: nobody is left to answer.
            context.Abort();
        }
    }

    private async Task HandleCoreAsync(HttpContext context)
    {
        SetCommonHeaders(context.Response);
        var body = await ReadBodyAsync(context.Request);
        Log.Add(Record(context, body));
        if (!OwnHost.IsNamedBy(context.Request))
        {
            await WriteAsync(context, ApiResponse.Error(421, "The Host header does not name this server"));
            return;
        }

        if (options.Latency > TimeSpan.Zero)
        {
            await Task.Delay(options.Latency, context.RequestAborted);
        }

        if (Intercept is { } intercept && await intercept(context))
        {
            return;
        }

        var fault = Faults.Next(context.Request.Method);
        if (fault.Before is { } early)
        {
            await WriteAsync(context, early);
            return;
        }

        if (fault.Kind == FaultKind.LostBefore)
        {
            context.Abort();
            return;
        }

        await Task.Delay(fault.Delay, context.RequestAborted);
        var reply = fault.ApplyTo(router.Handle(context.Request, body));
        await Task.Delay(reply.Delay, context.RequestAborted);
        if (fault.Kind == FaultKind.LostAfter)
        {
            context.Abort();
        }
        else
        {
            await WriteAsync(context, reply);
        }
    }

    private void SetCommonHeaders(HttpResponse response)
    {
        // Set here rather than by Kestrel, so that the header and created_at tell the time of one clock.
        response.Headers.Date = options.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        response.Headers["X-Request-Id"] = $"req_{Interlocked.Increment(ref requestCount):x8}";
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        var body = buffer.ToArray();
        request.Body = new MemoryStream(body, writable: false);
        return body;
    }

    private static RecordedRequest Record(HttpContext context, byte[] body) => new(
        context.Request.Method,
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        Encoding.UTF8.GetString(body),
        context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));

    private static async Task WriteAsync(HttpContext context, ApiResponse reply)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        foreach (var (name, value) in reply.Headers)
        {
            response.Headers[name] = value;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(reply.Body, context.RequestAborted);
        }
    }
}
