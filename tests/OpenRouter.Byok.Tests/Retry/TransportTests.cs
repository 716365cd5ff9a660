using System;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Retry;

/// <summary>Repeating over real HTTP, on a clock that does not make anybody wait.</summary>
public sealed class TransportTests : IDisposable
{
    private readonly ScriptedServer server = new();
    private readonly FakeClock clock = new();
    private readonly RecordingObserver observer = new();

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task Waits_grow_and_are_announced_before_they_begin()
    {
        server.Then(
            Response.Html(503),
            Response.Truncated("{"),
            Response.Error(500, "Oops"),
            Response.Json(Samples.Published));

        using var client = Client(retries: 3);
        var key = await client.GetByokKeyAsync(Samples.Id, observer, TestContext.Current.CancellationToken);

        Assert.Equal(Samples.Id, key.Id);
        Assert.Equal([0.5, 1, 2], clock.Delays.Select(static delay => delay.TotalSeconds));
        Assert.Equal(clock.Delays, observer.Delays);
        Assert.Equal([503, 200, 500, 200], observer.Requests.Select(static request => request.StatusCode));
        Assert.Equal([1, 2, 3, 4], observer.Requests.Select(static request => request.Attempt));
    }

    [Fact]
    public async Task The_server_s_wait_is_kept_whatever_the_own_one_would_be()
    {
        server.Then(
            Response.Error(429, "Slow down", "Retry-After: 17"),
            Response.Error(503, "Busy", "retry-after-ms: 1250"),
            Response.Error(
                429, "Slow down", "Date: Fri, 20 Nov 2026 03:00:00 GMT", "Retry-After: Fri, 20 Nov 2026 03:01:00 GMT"),
            Response.Json(Samples.Published));

        using var client = Client(retries: 3);
        await client.GetByokKeyAsync(Samples.Id, observer, TestContext.Current.CancellationToken);

        Assert.Equal([17, 1.25, 60], clock.Delays.Select(static delay => delay.TotalSeconds));
    }

    [Fact]
    public async Task A_wait_beyond_the_limit_is_not_begun_and_the_message_says_so()
    {
        server.Then(Response.Error(429, "Slow down", "Retry-After: 3600"));

        using var client = Client(retries: 3);
        var failure = await Failure(
            () => client.GetByokKeyAsync(Samples.Id, observer, TestContext.Current.CancellationToken));

        Assert.Empty(clock.Delays);
        Assert.Contains(
            "The server asked for a wait of 3600 seconds, which is longer than the limit of 300 seconds.",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Repeating_ends_when_the_time_in_all_is_up()
    {
        server.DefaultResponse = static _ => Response.Error(429, "Slow down", "Retry-After: 100");

        using var client = Client(retries: 100);
        var failure = await Failure(
            () => client.GetByokKeyAsync(Samples.Id, observer, TestContext.Current.CancellationToken));

        Assert.Equal(3, clock.Delays.Count);
        Assert.Contains("The request was attempted 4 times.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 6)]
    public async Task The_maximum_is_the_number_of_repetitions(int retries, int requests)
    {
        server.DefaultResponse = static _ => Response.Html(502);

        using var client = Client(retries);
        var failure = await Failure(
            () => client.DeleteByokKeyAsync(Samples.Id, observer, TestContext.Current.CancellationToken));

        Assert.Equal(requests, server.Requests.Count);
        Assert.Equal(
            requests > 1,
            failure.Message.EndsWith($"The request was attempted {requests} times.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removal_whose_answer_was_lost_has_succeeded_when_the_next_finds_nothing()
    {
        server.Then(Response.ResetAfterReading, Response.Error(404, "Resource not found"));

        using var client = Client(retries: 1);
        await client.DeleteByokKeyAsync(Samples.Id, observer, TestContext.Current.CancellationToken);

        Assert.Equal(["DELETE", "DELETE"], server.Requests.Select(static request => request.Method));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(0)]
    public async Task A_removal_that_never_began_has_not_succeeded_when_the_next_finds_nothing(int first)
    {
        server.Then(
            first == 429 ? Response.Error(429, "Slow down") : Response.Error(404, "Resource not found"),
            Response.Error(404, "Resource not found"));

        using var client = Client(retries: 1);
        var failure = await Failure(
            () => client.DeleteByokKeyAsync(Samples.Id, observer, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorReason.NotFound, failure.Reason);
    }

    [Fact]
    public async Task A_change_is_repeated_with_the_same_body()
    {
        server.Then(Response.ResetAfterReading, Response.Html(504), Response.Json(Samples.Published));
        using var key = Secret.Of("sk-rotated");

        using var client = Client(retries: 2);
        var changes = new ByokKeyChanges { Key = key }.With(CredentialSettings.Name, "x");
        await client.UpdateByokKeyAsync(Samples.Id, changes, observer, TestContext.Current.CancellationToken);

        Assert.Equal(
            """{"key":"sk-rotated","name":"x"}""",
            Assert.Single(server.Requests.Select(static request => request.Body).Distinct()));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_create_is_repeated_after_429_without_looking_first()
    {
        server.Then(Response.Error(429, "Slow down", "Retry-After: 1"), Response.Json(Samples.Published, status: 201));
        using var key = Secret.Of("k");

        using var client = Client(retries: 1);
        await client.CreateByokKeyAsync(New(key), observer, TestContext.Current.CancellationToken);

        Assert.Equal(["POST", "POST"], server.Requests.Select(static request => request.Method));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task A_create_is_never_sent_again_after_5xx_before_it_was_looked_whether_it_took_effect(int status)
    {
        server.DefaultResponse = request =>
            request.Method == "POST" ? Response.Error(status, "Oops") : Response.Json(Samples.Page(0));
        using var key = Secret.Of("k");

        using var client = Client(retries: 2);
        await Failure(() => client.CreateByokKeyAsync(New(key), observer, TestContext.Current.CancellationToken));

        var methods = string.Join(' ', server.Requests.Select(static request => request.Method));
        Assert.DoesNotContain("POST POST", methods, StringComparison.Ordinal);
        Assert.StartsWith("POST GET", methods, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_fails_on_its_own_is_a_broken_connection()
    {
        var broken = new Breaking();

        using var client = Client(retries: 2, new HttpClient(broken));
        var failure = await Failure(
            () => client.GetByokKeyAsync(Samples.Id, observer, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorReason.ConnectionFailed, failure.Reason);
        Assert.True(failure.IsOutcomeUnknown);
        Assert.Equal(3, broken.Attempts);
    }

    [Fact]
    public async Task What_will_not_pass_is_not_repeated()
    {
        foreach (var answer in new[]
                 {
                     Response.Error(400, "No"), Response.Error(401, "No"), Response.Error(403, "No"),
                     Response.Error(404, "No"), Response.Error(409, "No"), Response.Error(422, "No"),
                     Response.Json("""{"data":[]}"""),
                 })
        {
            server.Reset();
            server.Then(answer);

            using var client = Client(retries: 5);
            await Failure(() => client.GetByokKeyAsync(Samples.Id, observer, TestContext.Current.CancellationToken));

            Assert.Single(server.Requests);
        }
    }

    private static NewByokKey New(System.Security.SecureString key) =>
        new("openai", key, WorkspaceId: null, new ByokKeyChanges());

    private static Task<OpenRouterException> Failure(Func<Task> call) => Assert.ThrowsAsync<OpenRouterException>(call);

    private OpenRouterClient Client(int retries, HttpClient? http = null)
    {
        using var key = Secret.Of(ScriptedServer.Key);
        return new OpenRouterClient(new HttpTransport(
            http ?? HttpClientFactory.Create(server.BaseUri, proxy: null, proxyCredential: null),
            server.BaseUri,
            key.Copy(),
            TimeSpan.FromSeconds(20),
            new RetryPolicy(retries) { Jitter = static () => 1 },
            clock));
    }

    /// <summary>What .NET throws when it asks a socket for the address of a peer that has hung up.</summary>
    private sealed class Breaking : HttpMessageHandler
    {
        public int Attempts { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Attempts++;
            throw new SocketException((int)SocketError.NotConnected);
        }
    }
}
