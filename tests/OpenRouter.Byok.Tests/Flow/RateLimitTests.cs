using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Flow;

/// <summary>One request that is limited slows the whole run.</summary>
[Collection(NonParallel.Name)]
public sealed class RateLimitTests(SandboxShell sandbox) : IClassFixture<SandboxShell>
{
    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    public void Nothing_is_sent_while_the_server_asked_for_patience(int throttle)
    {
        var (server, shell) = (sandbox.Reset().Server, sandbox.Shell);
        server.Store.ReplaceCredentials(GeneratedCredentials.Create(400));
        var ids = server.Store.Credentials.Select(static key => key.Id.ToString()).ToArray();
        var watch = Stopwatch.StartNew();
        var arrivals = new ConcurrentQueue<double>();
        var limited = 0.0;
        var count = 0;
        server.Intercept = async context =>
        {
            arrivals.Enqueue(watch.Elapsed.TotalSeconds);
            if (Interlocked.Increment(ref count) != 100)
            {
                await Task.Delay(20, context.RequestAborted);
                return false;
            }

            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "2";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"error":{"code":429,"message":"Slow down"}}""");
            limited = watch.Elapsed.TotalSeconds;
            return true;
        };

        var result = shell.Run($"$ids | Disable-OpenRouterByokKey -PassThru -ThrottleLimit {throttle}", new { ids });

        Assert.Equal(ids, result.All<ByokKey>().Select(static key => key.Id));
        Assert.Equal(401, arrivals.Count);
        var after = arrivals.Where(time => time > limited + 0.5).ToList();
        Assert.InRange(after.Min(), limited + 1.9, limited + 10);
        // Then one by one: in the first half second no more than a handful, and all within a few.
        Assert.InRange(after.Count(time => time < after.Min() + 0.25), 1, 10);
        Assert.InRange(after.Max() - after.Min(), 0.5, 10);
    }
}
