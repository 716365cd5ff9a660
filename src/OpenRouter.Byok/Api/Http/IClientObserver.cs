using System;

namespace OpenRouter.Byok.Api.Http;

/// <summary>Receives notifications of the client, on any thread.</summary>
internal interface IClientObserver
{
    /// <summary>Called when an attempt ended, with or without a response.</summary>
    void RequestCompleted(RequestSummary request);

    /// <summary>Called when a request failed and will be retried after the delay.</summary>
    void RetryScheduled(string reason, TimeSpan delay);

    /// <summary>A message for the verbose stream.</summary>
    void Verbose(string message);

    /// <summary>A message for the warning stream.</summary>
    void Warning(string message);
}

/// <summary>The part of a request that may be shown; it has no headers and no body.</summary>
internal readonly record struct RequestSummary(
    string Method,
    string Path,
    int? StatusCode,
    long Milliseconds,
    int Attempt,
    string? RequestId);
