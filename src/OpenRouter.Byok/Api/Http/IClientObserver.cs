using System;

namespace OpenRouter.Byok.Api.Http;

/// <summary>Told what the client does. Called from any thread.</summary>
internal interface IClientObserver
{
    void Answered(RequestSummary request);

    /// <summary>The client waits before it repeats a request.</summary>
    void Waiting(string reason, TimeSpan delay);

    void Note(string message);
}

/// <summary>What may be shown of a request: never a header, never a body.</summary>
internal readonly record struct RequestSummary(
    string Method,
    string Path,
    int? StatusCode,
    long Milliseconds,
    int Attempt,
    string? RequestId);
