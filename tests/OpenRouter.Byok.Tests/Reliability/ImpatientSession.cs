using System;
using OpenRouter.Byok.Session;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Sandbox.Server;

namespace OpenRouter.Byok.Tests.Reliability;

/// <summary>Sessions that repeat at once, so that tests of repeating take no time.</summary>
internal static class ImpatientSession
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
