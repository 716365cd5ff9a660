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

/// <summary>Creates the exceptions for failed requests.</summary>
internal static class RequestErrors
{
    private const int MaximumServerTextLength = 300;

    private const int ProxyAuthenticationRequired = 407;

    /// <summary>The response has an error status.</summary>
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
            return ProxyRequiresCredentials(purpose);
        }

        var serverText = ServerText(body, secrets);
        var message = serverText is null
            ? Messages.Format(Messages.ErrorStatus, purpose, status)
            : Messages.Format(Messages.ErrorStatusWithMessage, purpose, status, serverText);
        return new OpenRouterException(ReasonOf(status), message)
        {
            StatusCode = status,
            RetryAfter = ResponseHeaders.RetryAfter(response, now),
            IsOutcomeUnknown = status is 408 or >= 500,
        };
    }

    public static OpenRouterException TimedOut(string purpose, TimeSpan timeout) =>
        new(ErrorReason.Timeout, Messages.TimedOut, purpose, timeout.TotalSeconds) { IsOutcomeUnknown = true };

    /// <summary>The response has a success status but not the expected body.</summary>
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

    /// <summary>The body or the headers exceed the maximum size.</summary>
    public static OpenRouterException TooLarge(string purpose) =>
        new(ErrorReason.InvalidResponse, Messages.ResponseTooLarge, purpose)
        {
            IsOutcomeUnknown = true,
            IsPermanent = true,
        };

    /// <summary>The connection could not be established, or was lost before the response was complete.</summary>
    /// <param name="purpose">What the request is for.</param>
    /// <param name="address">The address of the API.</param>
    /// <param name="proxy">The proxy in use, if any.</param>
    /// <param name="status">The status of the response, if its headers were received.</param>
    /// <param name="exception">The exception that was thrown.</param>
    public static OpenRouterException ConnectionFailed(
        string purpose, Uri address, Uri? proxy, int? status, Exception exception)
    {
        if (IsLimitExceeded(exception))
        {
            return TooLarge(purpose);
        }

        if (TunnelStatus(exception) is { } proxyStatus)
        {
            return ProxyRefused(purpose, proxyStatus);
        }

        var causes = Causes(exception).ToList();
        var socketError = causes.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode;
        var isTls = causes.OfType<AuthenticationException>().Any();
        var isUnsent = status is null && (isTls || IsConnectFailure(exception, socketError));
        if (proxy is not null && isUnsent && !isTls)
        {
            return ProxyUnreachable(purpose, proxy, socketError);
        }

        var cause = isTls ? Messages.CauseTls
            : IsUnknownHost(socketError) ? Messages.CauseUnknownHost
            : socketError is SocketError.TryAgain ? Messages.CauseNameResolution
            : socketError is SocketError.ConnectionRefused ? Messages.CauseConnectionRefused
            : isUnsent ? Messages.CauseUnreachable
            : Messages.CauseConnectionLost;
        return new OpenRouterException(
            ErrorReason.ConnectionFailed, Messages.ConnectionFailed, purpose, HostName.WithPort(address), cause)
        {
            IsOutcomeUnknown = !isUnsent,
            IsPermanent = isTls || IsUnknownHost(socketError),
        };
    }

    private static bool IsUnknownHost(SocketError? error) => error is SocketError.HostNotFound or SocketError.NoData;

    // With a proxy, the module connects to the proxy, and the proxy resolves the host name of the API.
    private static OpenRouterException ProxyUnreachable(string purpose, Uri proxy, SocketError? error) =>
        new(
            ErrorReason.ConnectionFailed,
            Messages.ConnectionFailed,
            purpose,
            HostName.WithPort(proxy),
            IsUnknownHost(error) ? Messages.CauseUnknownProxyHost
                : error is SocketError.ConnectionRefused ? Messages.CauseProxyConnectionRefused
                : Messages.CauseProxyUnreachable)
        {
            IsPermanent = IsUnknownHost(error),
            Advice = Messages.AdviceProxy,
        };

    private static OpenRouterException ProxyRefused(string purpose, int status) => status == ProxyAuthenticationRequired
        ? ProxyRequiresCredentials(purpose)
        : new(ErrorReason.ConnectionFailed, Messages.ProxyRefused, purpose, status)
        {
            // A 5xx status of the proxy may be temporary; any other status is a refusal.
            IsPermanent = status < 500,
            Advice = Messages.AdviceProxy,
        };

    private static OpenRouterException ProxyRequiresCredentials(string purpose) =>
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
            // A proxy or a gateway responds with HTML, which adds nothing to the status.
            return null;
        }

        return string.IsNullOrWhiteSpace(message) ? null : Printable(Redactor.Redact(message!, secrets)).TrimEnd('.');
    }

    // Valid JSON of the wrong shape stays wrong in a retry; a truncated or corrupted body may not.
    private static bool IsWellFormed(ReadOnlyMemory<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            while (reader.Read())
            {
                // The JSON is well-formed if it can be read to the end.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The text of a server is shown on a terminal, as one short line.
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

    private static int? TunnelStatus(Exception exception) =>
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
    private static int? TunnelStatus(Exception exception) => null;

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
