using System;

namespace OpenRouter.Byok.Api.Http;

/// <summary>Receives what the client does, from any thread.</summary>
internal interface IClientObserver
{
    /// <summary>An attempt of a request ended, with or without a response.</summary>
    void RequestCompleted(RequestSummary request);

    /// <summary>A request failed and will be repeated after the delay.</summary>
    void RetryScheduled(string reason, TimeSpan delay);

    /// <summary>A message for the verbose stream.</summary>
    void Verbose(string message);
}

/// <summary>What may be shown of a request: never a header, never a body.</summary>
internal readonly record struct RequestSummary(
    string Method,
    string Path,
    int? StatusCode,
    long Milliseconds,
    int Attempt,
    string? RequestId);
