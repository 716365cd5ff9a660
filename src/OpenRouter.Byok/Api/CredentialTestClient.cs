using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Security;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Api.Creation;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Json;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Api;

/// <summary>
/// The calls that are authorized with an API key for inference, and show whether a credential works. Thread-safe.
/// </summary>
/// <remarks>
/// Every call throws <see cref="OpenRouterException"/> and, when cancelled, OperationCanceledException.
/// </remarks>
internal sealed class CredentialTestClient(HttpTransport transport, LookupClient lookups)
{
    private const string MetadataHeader = "X-OpenRouter-Metadata";

    private readonly KeyedLock<(string Provider, string WorkspaceId)> temporary =
        new(EqualityComparer<(string, string)>.Default);

    /// <summary>The API key, workspace and user that requests with an API key are charged to.</summary>
    /// <exception cref="OpenRouterException">It is a management key, which cannot be used for inference.</exception>
    public async Task<TestCaller> GetCallerAsync(
        SecureString apiKey, IClientObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest<CurrentKeyResponse>(HttpMethod.Get, "/key", ReadKey)
        {
            Purpose = Messages.CheckingApiKey,
            ApiKey = apiKey,
        };
        var key = (await SendWithAdviceAsync(request, observer, cancellationToken).ConfigureAwait(false)).Data;
        if (key is { IsManagementKey: true } or { IsProvisioningKey: true })
        {
            throw new OpenRouterException(ErrorReason.NotInferenceKey, Messages.NotInferenceKey, key.Label);
        }

        try
        {
            var caller = await lookups
                .GetApiKeyAsync(KeyHash.Of(apiKey), observer, cancellationToken).ConfigureAwait(false);
            return new TestCaller(caller.Hash, caller.WorkspaceId, caller.CreatorUserId);
        }
        catch (OpenRouterException failure) when (failure.Reason == ErrorReason.NotFound)
        {
            return TestCaller.Unknown;
        }
    }

    /// <summary>
    /// Runs tests with a temporary credential one after the other within the session, since two of the same provider
    /// and workspace would serve each other's requests.
    /// </summary>
    public Task<T> RunAloneAsync<T>(
        string provider, string workspaceId, Func<Task<T>> test, CancellationToken cancellationToken) =>
        temporary.RunAsync((provider, workspaceId), test, cancellationToken);

    /// <summary>Sends one request of one token to one provider. It is sent once, since it costs money.</summary>
    public Task<CredentialTestResponse> SendAsync(
        CredentialTestRequest test, SecureString apiKey, IClientObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest<CredentialTestResponse>(
            HttpMethod.Post, "/chat/completions", CredentialTestResponse.FromResponse)
        {
            Purpose = Messages.Format(Messages.Testing, test.Key),
            ApiKey = apiKey,
            Header = (MetadataHeader, "enabled"),
            WriteBody = test.WriteBody,
            ReadErrorResponse = CredentialTestResponse.FromErrorResponse,
        };
        return SendWithAdviceAsync(request, observer, cancellationToken);
    }

    // The usual advice is about management keys and about changes.
    private async Task<T> SendWithAdviceAsync<T>(
        ApiRequest<T> request, IClientObserver observer, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await transport.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OpenRouterException failure)
        {
            throw failure.WithAdvice(failure switch
            {
                { Reason: ErrorReason.Unauthorized } => Messages.AdviceApiKeyRefused,
                { Reason: ErrorReason.Forbidden } => Messages.AdviceApiKeyForbidden,
                { IsOutcomeUnknown: true } when !request.IsSafeToRepeat => Messages.AdviceTestUnknown,
                _ => null,
            });
        }
    }

    private static CurrentKeyResponse ReadKey(ReadOnlyMemory<byte> body, ResponseInfo info) =>
        JsonSerializer.Deserialize(body.Span, ApiJson.Default.CurrentKeyResponse)
        ?? throw new JsonException("The response is null.");
}
