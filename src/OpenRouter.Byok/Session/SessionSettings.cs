using System;
using System.Net;
using OpenRouter.Byok.Api.Http;

namespace OpenRouter.Byok.Session;

/// <summary>What a session is made of besides its key.</summary>
/// <param name="BaseUri">The address that requests go to.</param>
internal sealed record SessionSettings(Uri BaseUri)
{
    public const int DefaultTimeoutSec = 60;

    public const int DefaultRetryCount = 6;

    public string KeySource { get; init; } = "Parameter";

    public string? KeyLabel { get; init; }

    public string? WorkspaceId { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(DefaultTimeoutSec);

    public TimeSpan CompletionTimeout { get; init; } = TimeSpan.FromMilliseconds(700);

    public RetryPolicy Retry { get; init; } = new(DefaultRetryCount);

    public IClock Clock { get; init; } = new SystemClock();

    public Uri? Proxy { get; init; }

    public NetworkCredential? ProxyCredential { get; init; }
}
