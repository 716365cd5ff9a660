using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Security;
using System.Security.Authentication;
using System.Text.Json;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api.Http;

/// <summary>Turns what went wrong with a request into sentences for people.</summary>
internal static class RequestErrors
{
    private const int MaximumServerTextLength = 300;

    private const int ProxyAuthenticationRequired = 407;

    /// <summary>A response other than success.</summary>
    public static OpenRouterException FromResponse(
        string purpose,
        HttpResponseMessage response,
        ReadOnlyMemory<byte> body,
        IEnumerable<SecureString> secrets,
        DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            return Redirected(purpose, response, status);
        }

        if (status == ProxyAuthenticationRequired)
        {
            return ProxyWantsCredentials(purpose);
        }

        var said = ServerText(body, secrets);
        var message = said is null
            ? Messages.Format(Messages.ErrorStatus, purpose, status)
            : Messages.Format(Messages.ErrorStatusWithMessage, purpose, status, said);
        return new OpenRouterException(ReasonOf(status), message)
        {
            StatusCode = status,
            RetryAfter = ResponseHeaders.RetryAfter(response, now),
            IsOutcomeUnknown = status is 408 or >= 500,
        };
    }

    public static OpenRouterException TimedOut(string purpose, TimeSpan timeout) =>
        new(ErrorReason.Timeout, Messages.TimedOut, purpose, timeout.TotalSeconds) { IsOutcomeUnknown = true };

    /// <summary>A success whose body is not what it should be.</summary>
    public static OpenRouterException Unreadable(
        string purpose, HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        return new OpenRouterException(
            ErrorReason.InvalidResponse, Messages.Unreadable, purpose, body.Length,
            Printable(type ?? Messages.NoContentType))
        {
            IsOutcomeUnknown = true,
            IsPermanent = IsWellFormed(body),
        };
    }

    /// <summary>The body or the headers are larger than those of any real response.</summary>
    public static OpenRouterException TooLarge(string purpose) =>
        new(ErrorReason.InvalidResponse, Messages.ResponseTooLarge, purpose)
        {
            IsOutcomeUnknown = true,
            IsPermanent = true,
        };

    /// <summary>The connection could not be made, or broke before the whole response was there.</summary>
    /// <param name="purpose">What the caller wanted.</param>
    /// <param name="address">Where the request was to go.</param>
    /// <param name="proxy">What it was to go through, if anything.</param>
    /// <param name="status">The status of the response, when its headers had come.</param>
    /// <param name="exception">What was thrown.</param>
    public static OpenRouterException Broken(
        string purpose, Uri address, Uri? proxy, int? status, Exception exception)
    {
        if (IsLimitExceeded(exception))
        {
            return TooLarge(purpose);
        }

        if (RefusalOfTunnel(exception) is { } refusal)
        {
            return ProxyRefused(purpose, refusal);
        }

        var causes = Causes(exception).ToList();
        var socketError = causes.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode;
        var isTls = causes.OfType<AuthenticationException>().Any();
        var isUnsent = status is null && (isTls || IsConnectFailure(exception, socketError));
        if (proxy is not null && isUnsent && !isTls)
        {
            return ProxyUnreachable(purpose, proxy, socketError);
        }

        var why = isTls ? Messages.CauseTls
            : IsNoHost(socketError) ? Messages.CauseUnknownHost
            : socketError is SocketError.TryAgain ? Messages.CauseNameResolution
            : socketError is SocketError.ConnectionRefused ? Messages.CauseConnectionRefused
            : isUnsent ? Messages.CauseUnreachable
            : Messages.CauseConnectionLost;
        return new OpenRouterException(
            ErrorReason.ConnectionFailed, Messages.ConnectionFailed, purpose, HostName.WithPort(address), why)
        {
            IsOutcomeUnknown = !isUnsent,
            IsPermanent = isTls || IsNoHost(socketError),
        };
    }

    private static bool IsNoHost(SocketError? error) => error is SocketError.HostNotFound or SocketError.NoData;

    // With a proxy it is the proxy that is connected to, and the proxy that looks the API's name up.
    private static OpenRouterException ProxyUnreachable(string purpose, Uri proxy, SocketError? error) =>
        new(
            ErrorReason.ConnectionFailed,
            Messages.ConnectionFailed,
            purpose,
            HostName.WithPort(proxy),
            IsNoHost(error) ? Messages.CauseUnknownProxyHost
                : error is SocketError.ConnectionRefused ? Messages.CauseProxyConnectionRefused
                : Messages.CauseProxyUnreachable)
        {
            IsPermanent = IsNoHost(error),
            Advice = Messages.AdviceProxy,
        };

    private static OpenRouterException ProxyRefused(string purpose, int status) => status == ProxyAuthenticationRequired
        ? ProxyWantsCredentials(purpose)
        : new(ErrorReason.ConnectionFailed, Messages.ProxyRefused, purpose, status)
        {
            // The proxy could not reach the API, which may pass; or it will not, which does not.
            IsPermanent = status < 500,
            Advice = Messages.AdviceProxy,
        };

    private static OpenRouterException ProxyWantsCredentials(string purpose) =>
        new(ErrorReason.ConnectionFailed, Messages.ProxyRequiresCredentials, purpose)
        {
            IsPermanent = true,
            Advice = Messages.AdviceProxyCredentials,
        };

    private static OpenRouterException Redirected(string purpose, HttpResponseMessage response, int status)
    {
        var target = response.Headers.Location is { IsAbsoluteUri: true } location ? HostName.InAscii(location) : null;
        return new OpenRouterException(
            ErrorReason.InvalidResponse, Messages.Redirected, purpose, status, Printable(target ?? "?"))
        {
            StatusCode = status,
            Advice = Messages.AdviceRedirected,
        };
    }

    private static ErrorReason ReasonOf(int status) => status switch
    {
        400 or 422 => ErrorReason.InvalidRequest,
        401 => ErrorReason.Unauthorized,
        402 => ErrorReason.PaymentRequired,
        403 => ErrorReason.Forbidden,
        404 or 410 => ErrorReason.NotFound,
        408 => ErrorReason.Timeout,
        409 => ErrorReason.Conflict,
        429 => ErrorReason.RateLimited,
        >= 500 => ErrorReason.ServerError,
        > 400 => ErrorReason.InvalidRequest,
        _ => ErrorReason.InvalidResponse,
    };

    private static string? ServerText(ReadOnlyMemory<byte> body, IEnumerable<SecureString> secrets)
    {
        string? message;
        try
        {
            message = JsonSerializer.Deserialize(body.Span, ApiJson.Default.ErrorResponse)?.Error?.Message;
        }
        catch (JsonException)
        {
            // A proxy or a gateway responds with HTML, which says nothing that the status does not.
            return null;
        }

        return string.IsNullOrWhiteSpace(message) ? null : Printable(Redactor.Redact(message!, secrets)).TrimEnd('.');
    }

    // Sound JSON of the wrong shape will be so next time; what was cut short or garbled on the way will not.
    private static bool IsWellFormed(ReadOnlyMemory<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            while (reader.Read())
            {
                // Reading to the end is the test.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // What a server says ends on a terminal: one line, and no novels.
    private static string Printable(string text)
    {
        var line = DisplayText.Escape(text.Trim());
        if (line.Length <= MaximumServerTextLength)
        {
            return line;
        }

        var isPairCut = char.IsHighSurrogate(line[MaximumServerTextLength - 1]);
        return $"{line.Remove(isPairCut ? MaximumServerTextLength - 1 : MaximumServerTextLength)}…";
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

#if NET
    private static bool IsLimitExceeded(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };

    private static int? RefusalOfTunnel(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } failure
            ? (int?)failure.StatusCode
            : null;

    private static bool IsConnectFailure(Exception exception, SocketError? socketError) =>
        exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.ProxyTunnelError,
        };
#else
    // The .NET Framework returns the proxy's response as if it were the API's.
    private static int? RefusalOfTunnel(Exception exception) => null;

    private static bool IsLimitExceeded(Exception exception) =>
        Causes(exception).OfType<System.Net.WebException>()
            .Any(cause => cause.Status == System.Net.WebExceptionStatus.MessageLengthLimitExceeded);

    private static bool IsConnectFailure(Exception exception, SocketError? socketError) =>
        socketError is SocketError.ConnectionRefused or SocketError.HostNotFound
        || Causes(exception).OfType<System.Net.WebException>().Any(cause => cause.Status
            is System.Net.WebExceptionStatus.ConnectFailure
            or System.Net.WebExceptionStatus.NameResolutionFailure
            or System.Net.WebExceptionStatus.ProxyNameResolutionFailure);
#endif
}
