using System;
using System.Collections.Generic;
using OpenRouter.Byok.Api.Http;

namespace OpenRouter.Byok.Tests;

/// <summary>Keeps what the client reports, from whichever thread.</summary>
internal sealed class RecordingObserver : IClientObserver
{
    public List<RequestSummary> Requests { get; } = [];

    public List<TimeSpan> Delays { get; } = [];

    public List<string> Messages { get; } = [];

    public void RequestCompleted(RequestSummary request)
    {
        lock (Requests)
        {
            Requests.Add(request);
        }
    }

    public void RetryScheduled(string reason, TimeSpan delay)
    {
        lock (Delays)
        {
            Delays.Add(delay);
        }
    }

    public void Warning(string message) => Verbose(message);

    public void Verbose(string message)
    {
        lock (Messages)
        {
            Messages.Add(message);
        }
    }
}
