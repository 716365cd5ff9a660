using System;
using OpenRouter.Byok.Api.Http;

namespace OpenRouter.Byok.Completion;

/// <summary>Discards what requests report: completion has no stream to write it to.</summary>
internal sealed class NullObserver : IClientObserver
{
    public static readonly NullObserver Instance = new();

    public void RequestCompleted(RequestSummary request)
    {
    }

    public void RetryScheduled(string reason, TimeSpan delay)
    {
    }

    public void Verbose(string message)
    {
    }

    public void Warning(string message)
    {
    }
}
