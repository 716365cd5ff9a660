using System;
using System.Net.Http;
using System.Security;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.Probing;

namespace OpenRouter.Byok.Api;

/// <summary>
/// The calls that come with an API key for inference, and show whether a credential works. Thread-safe.
/// </summary>
/// <remarks>
/// Every call throws <see cref="OpenRouterException"/> and, when cancelled, OperationCanceledException.
/// </remarks>
internal sealed class ProbeClient(HttpTransport transport, LookupClient lookups)
{
    private const string MetadataHeader = "X-OpenRouter-Metadata";

    /// <summary>Whom requests with an API key count for.</summary>
    /// <exception cref="OpenRouterException">It is a management key, with which no model can be asked.</exception>
    public async Task<ProbeCaller> GetCallerAsync(
        SecureString apiKey, IClientObserver observer, CancellationToken cancellationToken)
    {
        var request = new ApiRequest<CurrentKeyAnswer>(HttpMethod.Get, "/key", ReadKey)
        {
            Purpose = Messages.CheckingApiKey,
            ApiKey = apiKey,
        };
        var key = (await AskAsync(request, observer, cancellationToken).ConfigureAwait(false)).Data;
        if (key is { IsManagementKey: true } or { IsProvisioningKey: true })
        {
            throw new OpenRouterException(ErrorReason.NotInferenceKey, Messages.NotInferenceKey, key.Label);
        }

        try
        {
            var caller = await lookups
                .GetApiKeyAsync(KeyHash.Of(apiKey), observer, cancellationToken).ConfigureAwait(false);
            return new ProbeCaller(caller.Hash, caller.WorkspaceId, caller.CreatorUserId);
        }
        catch (OpenRouterException failure) when (failure.Reason == ErrorReason.NotFound)
        {
            return ProbeCaller.Unknown;
        }
    }

    /// <summary>Sends one request of one token to one provider. It is sent once, since it costs money.</summary>
    public Task<ProbeAnswer> ProbeAsync(
        Probe probe, SecureString apiKey, IClientObserver observer, CancellationToken cancellationToken)
    {
        AnswerInfo? info = null;
        var request = new ApiRequest<ProbeAnswer>(
            HttpMethod.Post, "/chat/completions", body => ProbeAnswer.Served(body, info!))
        {
            Purpose = Text.Of(Messages.Probing, probe.Key),
            ApiKey = apiKey,
            Header = (MetadataHeader, "enabled"),
            WriteBody = probe.WriteBody,
            SawAnswer = answer => info = answer,
            ReadRefusal = body => ProbeAnswer.Refused(body, info!),
        };
        return AskAsync(request, observer, cancellationToken);
    }

    // The usual advice is about management keys and about changes.
    private async Task<T> AskAsync<T>(
        ApiRequest<T> request, IClientObserver observer, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await transport.SendAsync(request, observer, cancellationToken).ConfigureAwait(false);
        }
        catch (OpenRouterException failure)
        {
            throw failure.Advising(failure switch
            {
                { Reason: ErrorReason.Unauthorized } => Messages.AdviceApiKeyRefused,
                { Reason: ErrorReason.Forbidden } => Messages.AdviceApiKeyForbidden,
                { IsOutcomeUnknown: true } when !request.IsSafeToRepeat => Messages.AdviceProbeUnknown,
                _ => null,
            });
        }
    }

    private static CurrentKeyAnswer ReadKey(ReadOnlyMemory<byte> body) =>
        JsonSerializer.Deserialize(body.Span, ByokJson.Default.CurrentKeyAnswer)
        ?? throw new JsonException("The answer is null.");
}
