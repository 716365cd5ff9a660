using System;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Session;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Byok.Tests;

/// <summary>Sessions that retry after a few milliseconds, so that tests of retries take no time.</summary>
internal static class FastRetrySession
{
    public static OpenRouterSession For(SandboxServer server, int retries = 12, double timeoutSeconds = 10) =>
        For(server.BaseUri, server.ManagementKey, retries, timeoutSeconds);

    public static OpenRouterSession For(Uri baseUri, string key, int retries = 12, double timeoutSeconds = 10) => new(
        new SessionSettings(baseUri)
        {
            Retry = new RetryPolicy(retries)
            {
                FirstDelay = TimeSpan.FromMilliseconds(1),
                MaximumBackoff = TimeSpan.FromMilliseconds(20),
            },
            Timeout = TimeSpan.FromSeconds(timeoutSeconds),
        },
        Secret.Of(key));
}
