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
/// Sends requests, retries them according to the retry policy, and turns every failure into one type of exception.
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
    /// The maximum size of a response in bytes; a page of a list has some hundred kilobytes.
    /// </summary>
    private const int MaximumBodySize = 32 * 1024 * 1024;

    // The limits of the buffer, in bytes, that is allocated before a response arrives.
    private const int MinimumInitialCapacity = 16 * 1024;
    private const int MaximumInitialCapacity = 256 * 1024;

    private readonly string root = baseUri.AbsoluteUri.TrimEnd('/');
    private readonly bool isApiPath =
        baseUri.AbsolutePath.TrimEnd('/').EndsWith("/api/v1", StringComparison.OrdinalIgnoreCase);

    private readonly RateGate gate = new(clock);
    private readonly CancellationTokenSource closed = new();
    private volatile int lastBodyLength;

    public IClock Clock => clock;

    /// <summary>Cancels the requests in flight and the waits between attempts, and closes the connections.</summary>
    public void Dispose()
    {
        closed.Cancel();
        http.Dispose();
    }

    /// <exception cref="OpenRouterException">The request failed, and is not retried.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled the request.</exception>
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
    /// <param name="observer">Receives what the request reports.</param>
    /// <param name="ended">Cancels the request if the caller cancels it or the session is closed.</param>
    /// <param name="cancelled">
    /// The caller's own token: if closing the session ends a recovery, its error still says what is unknown.
    /// </param>
    private async Task<T> RepeatAsync<T>(
        ApiRequest<T> request, IClientObserver observer, CancellationToken ended, CancellationToken cancelled)
        where T : class
    {
        var began = clock.UtcNow;
        var mayHaveSucceeded = false;
        for (var attempt = 1; ; attempt++)
        {
            OpenRouterException failure;
            ended.ThrowIfCancellationRequested();
            await gate.EnterAsync(ended).ConfigureAwait(false);
            try
            {
                var result = await SendOnceAsync(request, attempt, observer, ended).ConfigureAwait(false);
                if (mayHaveSucceeded && request.Recovery is { } check)
                {
                    await check.ConfirmAsync(result, cancelled).ConfigureAwait(false);
                }

                return result;
            }
            catch (OpenRouterException caught) when (caught.Reason != ErrorReason.AmbiguousCreate)
            {
                failure = caught;
            }

            if (mayHaveSucceeded && failure.StatusCode == 404 && request.GetResultIfNotFound is { } getResult)
            {
                return getResult();
            }

            // A request that is not safe to repeat is retried only if it is certain that it has not taken effect.
            var recovery = failure.IsOutcomeUnknown && !request.IsSafeToRepeat ? request.Recovery : null;
            if (recovery is not null)
            {
                if (await recovery.FindAsync(failure, cancelled).ConfigureAwait(false) is { } found)
                {
                    return found;
                }

                failure = failure.WithSentence(Messages.NothingCreated);
            }

            var couldTakeEffectTwice = failure.IsOutcomeUnknown && !request.IsSafeToRepeat && recovery is null;
            var isRetriable = recovery is not null || RetryPolicy.IsTransient(failure, request.IsUpdate);
            if (couldTakeEffectTwice || !isRetriable)
            {
                throw failure;
            }

            if (retry.NextDelay(failure, attempt, clock.UtcNow - began) is not { } delay)
            {
                throw RetriesExhausted(failure, attempt);
            }

            mayHaveSucceeded |= failure.IsOutcomeUnknown;
            if (failure.StatusCode == 429)
            {
                gate.Close(delay);
            }

            observer.RetryScheduled(failure.Message, delay);
            await clock.Delay(delay, ended).ConfigureAwait(false);
            if (recovery is not null
                && await recovery.FindAsync(failure, cancelled).ConfigureAwait(false) is { } foundLater)
            {
                return foundLater;
            }
        }
    }

    // If the address lacks the path of the API, the response is a 404, an HTML page, or something unreadable.
    private string? AdviceFor<T>(ApiRequest<T> request, OpenRouterException failure)
        where T : class => failure switch
        {
            { Reason: ErrorReason.NotFound } when request.NotFoundAdvice is { } advice =>
                isApiPath ? advice : advice + " " + Messages.AdviceAddressPath,
            { Reason: ErrorReason.NotFound or ErrorReason.InvalidResponse, Advice: null } when !isApiPath =>
                Messages.AdviceAddressPath,
            _ => null,
        };

    private OpenRouterException RetriesExhausted(OpenRouterException failure, int attempt)
    {
        if (failure.RetryAfter is { } requested && requested > retry.TotalLimit)
        {
            return failure.WithSentence(
                Messages.Format(Messages.WaitTooLong, requested.TotalSeconds, retry.TotalLimit.TotalSeconds));
        }

        return attempt == 1 ? failure : failure.WithSentence(Messages.Format(Messages.AttemptCount, attempt));
    }

    private async Task<T> SendOnceAsync<T>(
        ApiRequest<T> request, int attempt, IClientObserver observer, CancellationToken cancellationToken)
        where T : class
    {
        using var timeLimit = new CancellationTokenSource(timeout);
        using var stop = cancellationToken.Register(() => Stop(timeLimit, request.StopDelay));
        using var body = new SecretBuffer();
        var watch = Stopwatch.StartNew();
        int? status = null;
        string? requestId = null;
        try
        {
            using var message = CreateMessage(request, body);
            using var response = await http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, timeLimit.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
            requestId = ResponseHeaders.RequestId(response);
            var clockSkew = response.Headers.Date - clock.UtcNow;
            using var responseBody = await ReadBodyAsync(response.Content, request.Purpose, timeLimit.Token)
                .ConfigureAwait(false);
            var info = new ResponseInfo(
                status.Value, ResponseHeaders.GenerationId(response), clockSkew, watch.Elapsed);
            return response.IsSuccessStatusCode
                ? Parse(request, response, responseBody, info)
                : request.ReadErrorResponse?.Invoke(responseBody.Written, info)
                ?? throw RequestErrors.FromResponse(
                    request.Purpose, response, responseBody.Written, SecretsOf(request), clock.UtcNow);
        }
        // The exception of a canceled request depends on the layer that throws it, and in Windows PowerShell it is
        // rarely an OperationCanceledException. So the canceled token says what happened, not the exception.
        catch (Exception exception)
            when (exception is not OpenRouterException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        catch (Exception exception) when (exception is not OpenRouterException && timeLimit.IsCancellationRequested)
        {
            throw RequestErrors.TimedOut(request.Purpose, timeout);
        }
        // If the server closes the connection early, .NET may throw a bare SocketException.
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or InvalidDataException or SocketException)
        {
            throw RequestErrors.ConnectionFailed(
                request.Purpose, baseUri, ProxyResolver.For(baseUri, proxy), status, exception);
        }
        finally
        {
            observer.RequestCompleted(new RequestSummary(
                request.Method.Method, request.Path, status, watch.ElapsedMilliseconds, attempt, requestId));
        }
    }

    private static void Stop(CancellationTokenSource attempt, TimeSpan delay)
    {
        if (delay == TimeSpan.Zero)
        {
            attempt.Cancel();
        }
        else
        {
            attempt.CancelAfter(delay);
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
        else if (request.GetResultIfNotFound is not null)
        {
            // Without content, .NET silently resends a request whose connection was lost, and the 404 that follows a
            // removal would look like the first response.
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
        // The pages of a list have similar sizes, so most of them fit into the first pooled array.
        var buffer = new SecretBuffer(Math.Max(lastBodyLength + 1, MinimumInitialCapacity));
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

            lastBodyLength = Math.Min(buffer.Length, MaximumInitialCapacity);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

#if !NET
    // The .NET Framework ignores the token while it reads. An exception would end the process, because a timer calls
    // this method.
    private static void Abort(Stream stream)
    {
        try
        {
            stream.Dispose();
        }
        catch (Exception exception)
            when (exception is IOException or InvalidOperationException or NotSupportedException)
        {
            // The read fails in any case, which is the purpose.
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
