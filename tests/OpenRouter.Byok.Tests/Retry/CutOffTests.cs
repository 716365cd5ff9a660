using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Errors;
using Xunit;

namespace OpenRouter.Byok.Tests.Retry;

/// <summary>
/// What is cut off while it is read ends in one of many exceptions, on .NET Framework mostly in another one than on
/// PowerShell 7. What happened is told by who cut it off.
/// </summary>
public sealed class CutOffTests
{
    public static TheoryData<string> Endings => ["cancelled", "disposed", "broken", "refused", "odd"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task A_timeout_in_the_midst_of_a_body_is_a_timeout_and_is_repeated(string ending)
    {
        var answers = new UnendingAnswers(ending);
        using var client = Client(answers, new FakeClock(), TimeSpan.FromMilliseconds(50));

        var failure = await Assert.ThrowsAsync<OpenRouterException>(
            () => client.GetByokKeyAsync(Samples.Id, new RecordingObserver(), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorReason.Timeout, failure.Reason);
        Assert.EndsWith("The request was attempted 3 times.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, answers.Attempts);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task The_end_of_the_session_ends_what_is_being_read(string ending)
    {
        var answers = new UnendingAnswers(ending);
        using var client = Client(answers, new FakeClock(), Timeout.InfiniteTimeSpan);
        var reading = client.GetByokKeyAsync(
            Samples.Id, new RecordingObserver(), TestContext.Current.CancellationToken);
        await answers.IsRead;

        client.Dispose();

        var failure = await Assert.ThrowsAsync<OpenRouterException>(() => reading);
        Assert.Equal(ErrorReason.SessionClosed, failure.Reason);
        Assert.Equal(1, answers.Attempts);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Whoever_cancels_is_told_that_it_was_cancelled(string ending)
    {
        var answers = new UnendingAnswers(ending);
        using var client = Client(answers, new FakeClock(), Timeout.InfiniteTimeSpan);
        using var cancel = new CancellationTokenSource();
        var reading = client.GetByokKeyAsync(Samples.Id, new RecordingObserver(), cancel.Token);
        await answers.IsRead;

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(1, answers.Attempts);
    }

    [Fact]
    public async Task The_end_of_the_session_ends_a_wait()
    {
        using var server = new ScriptedServer();
        server.Then(Response.Error(503, "Busy"));
        var clock = new StandingClock();
        using var http = HttpClientFactory.Create(server.BaseUri, proxy: null, proxyCredential: null);
        using var client = Client(http, server.BaseUri, clock, TimeSpan.FromSeconds(60));
        var reading = client.GetByokKeyAsync(
            Samples.Id, new RecordingObserver(), TestContext.Current.CancellationToken);
        await clock.IsWaitedOn;

        client.Dispose();

        var failure = await Assert.ThrowsAsync<OpenRouterException>(() => reading);
        Assert.Equal(ErrorReason.SessionClosed, failure.Reason);
        Assert.Single(server.Requests);
    }

    private static OpenRouterClient Client(UnendingAnswers answers, IClock clock, TimeSpan timeout) =>
        Client(new HttpClient(answers), new Uri("http://127.0.0.1/api/v1"), clock, timeout);

    private static OpenRouterClient Client(HttpClient http, Uri baseUri, IClock clock, TimeSpan timeout)
    {
        using var key = Secret.Of(ScriptedServer.Key);
        return new OpenRouterClient(
            new HttpTransport(http, baseUri, key.Copy(), timeout, new RetryPolicy(2), clock));
    }

    /// <summary>Answers whose body never ends, and which end in an exception when they are cut off.</summary>
    private sealed class UnendingAnswers(string ending) : HttpMessageHandler
    {
        private readonly TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Attempts { get; private set; }

        public Task IsRead => read.Task;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Attempts++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StreamContent(new Body(ending, read)),
            });
        }
    }

    private sealed class Body(string ending, TaskCompletionSource read) : MemoryStream
    {
        private readonly TaskCompletionSource cut = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WaitAsync(cancellationToken);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(WaitAsync(cancellationToken));

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            cut.TrySetResult();
            if (ending == "refused")
            {
                throw new NotSupportedException("The stream is being read.");
            }
        }

        private async Task<int> WaitAsync(CancellationToken cancellationToken)
        {
            read.TrySetResult();
            using (cancellationToken.Register(() => cut.TrySetResult()))
            {
                await cut.Task;
            }

            throw ending switch
            {
                "cancelled" => new OperationCanceledException(cancellationToken),
                "disposed" => new ObjectDisposedException(nameof(Body)),
                "broken" or "refused" => new IOException("The read operation failed."),
                _ => new InvalidOperationException("The request was aborted."),
            };
        }
    }

    /// <summary>A clock on which a wait never ends by itself.</summary>
    private sealed class StandingClock : IClock
    {
        private readonly TaskCompletionSource waitedOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DateTimeOffset UtcNow { get; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

        public Task IsWaitedOn => waitedOn.Task;

        public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
        {
            waitedOn.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
