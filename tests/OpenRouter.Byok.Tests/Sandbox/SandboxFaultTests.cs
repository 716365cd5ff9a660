using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using OpenRouter.Sandbox.Server;
using Xunit;

namespace OpenRouter.Byok.Tests.Sandbox;

public sealed class SandboxFaultTests
{
    private const string Create = """{"provider":"openai","key":"sk-proj-not-a-real-key"}""";

    [Theory]
    [InlineData("lost-before", 0)]
    [InlineData("lost-after", 1)]
    public async Task A_lost_answer_tells_nothing_of_what_was_applied(string fault, int applied)
    {
        await using var caller = await StartAsync($"{fault}=1");

        await Assert.ThrowsAsync<HttpRequestException>(() => caller.PostAsync(Create));

        Assert.Equal(applied, caller.Server.Store.Credentials.Count);
        Assert.Equal(1, caller.Server.FaultCounts[fault]);
        Assert.Single(caller.Server.Requests);
    }

    [Theory]
    [InlineData("rate-limit=1", "1")]
    [InlineData("rate-limit=1,retry-after=0", "0")]
    public async Task A_rate_limit_tells_how_long_to_wait(string spec, string seconds)
    {
        await using var caller = await StartAsync(spec);

        var limited = await caller.PostAsync(Create);

        Assert.Equal("Rate limit exceeded", limited.Error(429));
        Assert.Equal("rate_limit_exceeded", (string?)limited.Json["error"]!["metadata"]!["error_type"]);
        Assert.Equal(seconds, limited.Headers.GetValues("Retry-After").Single());
        Assert.Empty(caller.Server.Store.Credentials);
    }

    [Fact]
    public async Task Unavailable_is_a_page_from_a_proxy()
    {
        await using var caller = await StartAsync("unavailable=1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.PostAsync(Create)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status));
        Assert.All(answers, answer => Assert.Equal("text/html", answer.ContentHeaders.ContentType?.MediaType));
        Assert.InRange(answers.Count(answer => answer.Headers.RetryAfter is not null), 1, 19);
        Assert.Empty(caller.Server.Store.Credentials);
    }

    [Theory]
    [InlineData("conflict", 409, "Resource conflict or concurrent modification. Please try again later.")]
    [InlineData("forbidden", 403, "Only management keys can perform this operation")]
    public async Task An_update_is_refused_and_nothing_else(string fault, int status, string message)
    {
        await using var caller = await StartAsync($"{fault}=1");
        var id = await caller.CreateAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => caller.PatchAsync(id, """{"name":"New"}""")));

        Assert.All(answers, answer => Assert.Equal(message, answer.Error(status)));
        var (least, most) = status == 409 ? (1, 19) : (0, 0);
        Assert.InRange(answers.Count(answer => answer.Headers.RetryAfter is not null), least, most);
        Assert.Null(Assert.Single(caller.Server.Store.Credentials).Name);
        Assert.Equal(20, caller.Server.FaultCounts[fault]);
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/byok/" + id)).Status);
        Assert.Equal(HttpStatusCode.OK, (await caller.SendAsync("DELETE", "/byok/" + id)).Status);
    }

    [Fact]
    public async Task Garbage_comes_after_the_request_was_applied()
    {
        await using var caller = await StartAsync("garbage=1");

        for (var count = 1; count <= 10; count++)
        {
            var answer = await caller.PostAsync(Create);
            Assert.Equal(HttpStatusCode.Created, answer.Status);
            Assert.ThrowsAny<JsonException>(() => answer.Json);
            Assert.Equal(count, caller.Server.Store.Credentials.Count);
        }

        Assert.Equal("key is required", (await caller.PostAsync("""{"provider":"openai"}""")).Error(400));
    }

    [Fact]
    public async Task Slow_is_a_right_answer_late()
    {
        await using var caller = await StartAsync("slow=1,slow-ms=150");
        var watch = Stopwatch.StartNew();

        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/key")).Status);

        Assert.True(watch.ElapsedMilliseconds >= 140, $"answered after {watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task The_same_seed_brings_the_same_faults_and_they_can_be_switched_off()
    {
        var plan = FaultPlan.Parse("rate-limit=0.2,unavailable=0.1,seed=7");
        await using var caller = await SandboxCaller.StartAsync();

        var first = await RunAsync();
        var second = await RunAsync();
        caller.Server.Faults = null;

        Assert.Equal(first, second);
        Assert.InRange(first.Count(status => status == 429), 20, 60);
        Assert.InRange(first.Count(status => status == 503), 8, 40);
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/key")).Status);

        async Task<int[]> RunAsync()
        {
            caller.Server.Faults = plan;
            var statuses = new int[200];
            for (var index = 0; index < statuses.Length; index++)
            {
                statuses[index] = (int)(await caller.GetAsync("/key")).Status;
            }

            Assert.Equal(statuses.Count(status => status == 429), caller.Server.FaultCounts["rate-limit"]);
            return statuses;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("rate-limit")]
    [InlineData("rate-limit=")]
    [InlineData("rate-limit=2")]
    [InlineData("rate-limit=-0.1")]
    [InlineData("rate-limit=often")]
    [InlineData("rate-limit=NaN")]
    [InlineData("rate-limit=0.1,rate-limit=0.2")]
    [InlineData("rate-limit=0.1,,slow=0.1")]
    [InlineData("lost=0.1")]
    [InlineData("rate-limit=0.1,retry-after=soon")]
    [InlineData("slow=0.1,slow-ms=-1")]
    [InlineData("seed=1.5")]
    [InlineData("slow=0.6,garbage=0.6")]
    public void A_plan_that_makes_no_sense_is_refused_in_one_sentence(string spec)
    {
        var message = Assert.Throws<FormatException>(() => FaultPlan.Parse(spec)).Message;

        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public async Task A_test_can_answer_in_the_server_s_place()
    {
        await using var caller = await SandboxCaller.StartAsync();
        caller.Server.Intercept = context =>
        {
            context.Response.StatusCode = 418;
            return Task.FromResult(context.Request.Path.Value!.EndsWith("/key", StringComparison.Ordinal));
        };

        Assert.Equal(418, (int)(await caller.GetAsync("/key")).Status);
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/byok")).Status);
    }

    private static Task<SandboxCaller> StartAsync(string faults) =>
        SandboxCaller.StartAsync(new() { KeyCount = 0, Faults = FaultPlan.Parse(faults) });
}
