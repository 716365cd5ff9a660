using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api.Http;

/// <summary>
/// Sends requests, repeats them by the retry policy, and turns every failure into one type of exception.
/// </summary>
internal sealed class HttpTransport(
    HttpClient http,
    Uri baseUri,
    SecureString managementKey,
    TimeSpan timeout,
    RetryPolicy retry,
    IClock clock,
    Uri? proxy = null) : IDisposable
{
    /// <summary>
    /// The most bytes of a response that are read; a page of a list has some hundred kilobytes.
    /// </summary>
    private const int MaximumBodySize = 32 * 1024 * 1024;

    // Bytes that are reserved for a response before it comes.
    private const int MinimumInitialCapacity = 16 * 1024;
    private const int MaximumInitialCapacity = 256 * 1024;

    private readonly string root = baseUri.AbsoluteUri.TrimEnd('/');
    private readonly bool isWholeAddress =
        baseUri.AbsolutePath.TrimEnd('/').EndsWith("/api/v1", StringComparison.OrdinalIgnoreCase);

    private readonly RateGate gate = new(clock);
    private readonly CancellationTokenSource closed = new();
    private volatile int lastBody;

    public IClock Clock => clock;

    /// <summary>Ends the requests in flight and the waits between them, and closes the connections.</summary>
    public void Dispose()
    {
        closed.Cancel();
        http.Dispose();
    }

    /// <exception cref="OpenRouterException">The request failed for good.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<T> SendAsync<T>(
        ApiRequest<T> request, IClientObserver observer, CancellationToken cancellationToken)
        where T : class
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closed.Token);
        try
        {
            return await RepeatAsync(request, observer, ended.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
            when (closed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new OpenRouterException(ErrorReason.SessionClosed, Messages.SessionClosed, request.Purpose);
        }
        catch (OpenRouterException failure) when (AdviceFor(request, failure) is { } advice)
        {
            throw failure.WithAdvice(advice);
        }
    }

    /// <param name="request">What to send.</param>
    /// <param name="observer">Receives what happens meanwhile.</param>
    /// <param name="ended">Cancels the call when the caller cancels, and when the session is closed.</param>
    /// <param name="cancelled">
    /// The caller's own token: when the end of the session ends a recovery, its error still says what is not known.
    /// </param>
    private async Task<T> RepeatAsync<T>(
        ApiRequest<T> request, IClientObserver observer, CancellationToken ended, CancellationToken cancelled)
        where T : class
    {
        var began = clock.UtcNow;
        var mayBeDone = false;
        for (var attempt = 1; ; attempt++)
        {
            OpenRouterException failure;
            ended.ThrowIfCancellationRequested();
            await gate.EnterAsync(ended).ConfigureAwait(false);
            try
            {
                var result = await SendOnceAsync(request, attempt, observer, ended).ConfigureAwait(false);
                if (mayBeDone && request.Recovery is { } check)
                {
                    await check.ConfirmAsync(result, cancelled).ConfigureAwait(false);
                }

                return result;
            }
            catch (OpenRouterException caught) when (caught.Reason != ErrorReason.AmbiguousCreate)
            {
                failure = caught;
            }

            if (mayBeDone && failure.StatusCode == 404 && request.AlreadyDone is { } done)
            {
                return done();
            }

            // What must not happen twice is repeated only when it is certain that it has not happened once.
            var recovery = failure.IsOutcomeUnknown && !request.IsSafeToRepeat ? request.Recovery : null;
            if (recovery is not null)
            {
                if (await recovery.FindAsync(failure, cancelled).ConfigureAwait(false) is { } found)
                {
                    return found;
                }

                failure = failure.WithSentence(Messages.NothingCreated);
            }

            var mayBePaidTwice = failure.IsOutcomeUnknown && !request.IsSafeToRepeat && recovery is null;
            var mayPass = recovery is not null || RetryPolicy.IsTransient(failure, request.IsUpdate);
            if (mayBePaidTwice || !mayPass)
            {
                throw failure;
            }

            if (retry.NextDelay(failure, attempt, clock.UtcNow - began) is not { } delay)
            {
                throw GivenUp(failure, attempt);
            }

            mayBeDone |= failure.IsOutcomeUnknown;
            if (failure.StatusCode == 429)
            {
                gate.Close(delay);
            }

            observer.RetryScheduled(failure.Message, delay);
            await clock.Delay(delay, ended).ConfigureAwait(false);
            if (recovery is not null
                && await recovery.FindAsync(failure, cancelled).ConfigureAwait(false) is { } late)
            {
                return late;
            }
        }
    }

    // Where the API is at another path, the response is 404, a page for people or something unreadable.
    private string? AdviceFor<T>(ApiRequest<T> request, OpenRouterException failure)
        where T : class => failure switch
        {
            { Reason: ErrorReason.NotFound } when request.AdviceNotFound is { } advice =>
                isWholeAddress ? advice : advice + " " + Messages.AdviceAddressPath,
            { Reason: ErrorReason.NotFound or ErrorReason.InvalidResponse, Advice: null } when !isWholeAddress =>
                Messages.AdviceAddressPath,
            _ => null,
        };

    private OpenRouterException GivenUp(OpenRouterException failure, int attempt)
    {
        if (failure.RetryAfter is { } asked && asked > retry.TotalLimit)
        {
            return failure.WithSentence(
                Messages.Format(Messages.WaitTooLong, asked.TotalSeconds, retry.TotalLimit.TotalSeconds));
        }

        return attempt == 1 ? failure : failure.WithSentence(Messages.Format(Messages.AttemptCount, attempt));
    }

    private async Task<T> SendOnceAsync<T>(
        ApiRequest<T> request, int attempt, IClientObserver observer, CancellationToken cancellationToken)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        using var body = new SecretBuffer();
        var watch = Stopwatch.StartNew();
        int? status = null;
        string? requestId = null;
        try
        {
            using var message = CreateMessage(request, body);
            using var response = await http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
            requestId = ResponseHeaders.RequestId(response);
            var clockSkew = response.Headers.Date - clock.UtcNow;
            using var responseBody = await ReadBodyAsync(response.Content, request.Purpose, limit.Token)
                .ConfigureAwait(false);
            var info = new ResponseInfo(
                status.Value, ResponseHeaders.GenerationId(response), clockSkew, watch.Elapsed);
            return response.IsSuccessStatusCode
                ? Parse(request, response, responseBody, info)
                : request.ReadErrorResponse?.Invoke(responseBody.Written, info)
                ?? throw RequestErrors.FromResponse(
                    request.Purpose, response, responseBody.Written, SecretsOf(request), clock.UtcNow);
        }
        // A canceled request ends in whatever its layer throws, on Windows PowerShell mostly in something else than
        // OperationCanceledException. So the token that fired says what happened, not the exception.
        catch (Exception exception)
            when (exception is not OpenRouterException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (Exception exception) when (exception is not OpenRouterException && limit.IsCancellationRequested)
        {
            throw RequestErrors.TimedOut(request.Purpose, timeout);
        }
        // A socket whose peer has hung up before .NET asked for its address fails as nothing but a socket.
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or InvalidDataException or SocketException)
        {
            throw RequestErrors.Broken(request.Purpose, baseUri, ProxyResolver.For(baseUri, proxy), status, exception);
        }
        finally
        {
            observer.RequestCompleted(new RequestSummary(
                request.Method.Method, request.Path, status, watch.ElapsedMilliseconds, attempt, requestId));
        }
    }

    private HttpRequestMessage CreateMessage<T>(ApiRequest<T> request, SecretBuffer body)
        where T : class
    {
        var message = new HttpRequestMessage(request.Method, root + request.Path);
#if NET
        message.Version = http.DefaultRequestVersion;
        message.VersionPolicy = http.DefaultVersionPolicy;
#endif
        using (var key = new SecretText(request.ApiKey ?? managementKey))
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Characters.ToString());
        }

        if (request.Header is { } header)
        {
            message.Headers.Add(header.Name, header.Value);
        }

        if (request.WriteBody is { } write)
        {
            write(body);
            message.Content = new ByteArrayContent(body.Segment.Array!, 0, body.Length);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        }
        else if (request.AlreadyDone is not null)
        {
            // Where there is no content, .NET repeats a request whose connection broke without a word, and the 404 that
            // follows a removal would look like the first response.
            message.Content = new ByteArrayContent([]);
        }

        return message;
    }

    private static T Parse<T>(
        ApiRequest<T> request, HttpResponseMessage response, SecretBuffer body, ResponseInfo info)
        where T : class
    {
        try
        {
            return request.Read(body.Written, info);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw RequestErrors.Unreadable(request.Purpose, response, body.Written);
        }
    }

    private async Task<SecretBuffer> ReadBodyAsync(
        HttpContent content, string purpose, CancellationToken cancellationToken)
    {
        // The pages of a list are of a similar size, so most are read into one array of the pool.
        var buffer = new SecretBuffer(Math.Max(lastBody + 1, MinimumInitialCapacity));
        try
        {
#if NET
            using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
            using var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
            using var abort = cancellationToken.Register(() => Abort(stream));
#endif
            while (true)
            {
                var free = buffer.FreeSegment();
                var read = await stream
                    .ReadAsync(free.Array!, free.Offset, free.Count, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                buffer.Advance(read);
                if (buffer.Length > MaximumBodySize)
                {
                    throw RequestErrors.TooLarge(purpose);
                }
            }

            lastBody = Math.Min(buffer.Length, MaximumInitialCapacity);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

#if !NET
    // The .NET Framework does not look at the token while it reads. What disposing throws would end the process, since
    // it is a timer that calls here.
    private static void Abort(Stream stream)
    {
        try
        {
            stream.Dispose();
        }
        catch (Exception exception)
            when (exception is IOException or InvalidOperationException or NotSupportedException)
        {
            // The reader fails, whichever way, and that is all that is wanted.
        }
    }
#endif

    private IEnumerable<SecureString> SecretsOf<T>(ApiRequest<T> request)
        where T : class
    {
        yield return managementKey;
        if (request.ApiKey is { } key)
        {
            yield return key;
        }

        if (request.BodySecret is { } secret)
        {
            yield return secret;
        }
    }
}
