using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Json;

namespace OpenRouter.Byok.Api;

/// <summary>The result of a test request, as far as the response tells.</summary>
internal sealed record CredentialTestResponse
{
    /// <summary>The HTTP status; that of the error when a provider failed after the headers were sent.</summary>
    public required int Status { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public string? GenerationId { get; init; }

    /// <summary>Whether the last attempt ran on a credential of the account; null when that is not told.</summary>
    public bool? IsByok { get; init; }

    /// <summary>Whether the response is a provider's; when not, it is OpenRouter's own.</summary>
    public bool IsOfProvider { get; init; }

    /// <summary>The attempts, in order; empty when they are not told.</summary>
    public IReadOnlyList<RouterAttempt> Attempts { get; init; } = [];

    /// <summary>What it cost in USD, OpenRouter's credits and the provider's bill together.</summary>
    public decimal? Cost { get; init; }

    public bool IsServed => Status == 200;

    /// <summary>Reads a successful response.</summary>
    /// <exception cref="JsonException">The body is no chat completion.</exception>
    public static CredentialTestResponse FromResponse(ReadOnlyMemory<byte> body, ResponseInfo info)
    {
        var response = Read(body) ?? throw new JsonException("The response is null.");
        var error = response.Error ?? response.Choices?.FirstOrDefault(choice => choice?.Error is not null)?.Error;
        if (error is null && response.Choices is null)
        {
            throw new JsonException("The response has no choices.");
        }

        return Of(response, error, error is null ? info.Status : StatusOf(error), info) with { IsOfProvider = true };
    }

    /// <summary>
    /// Reads an error response that tells about the credential; null when it is about the caller or the request.
    /// </summary>
    public static CredentialTestResponse? FromErrorResponse(ReadOnlyMemory<byte> body, ResponseInfo info)
    {
        ChatResponse? response;
        try
        {
            response = Read(body);
        }
        catch (JsonException)
        {
            // A proxy or a gateway responds with HTML.
            response = null;
        }

        var isOfProvider = response?.Error?.Metadata?.ProviderName is not null
            || RouterMetadata.Read(response?.Metadata).Attempts.Count > 0;
        if (!isOfProvider && info.Status is not (404 or 408 or >= 500))
        {
            return null;
        }

        response ??= new ChatResponse(null, null, null, null, null);
        return Of(response, response.Error, info.Status, info) with { IsOfProvider = isOfProvider };
    }

    private static CredentialTestResponse Of(ChatResponse response, ChatError? error, int status, ResponseInfo info)
    {
        var metadata = RouterMetadata.Read(response.Metadata);
        var isByok = response.Usage?.IsByok ?? metadata.IsByok ?? error?.Metadata?.IsByok;
        return new CredentialTestResponse
        {
            Status = status,
            Elapsed = info.Elapsed,
            GenerationId = info.GenerationId ?? ResponseHeaders.Id(response.Id),
            IsByok = isByok,
            Attempts = metadata.Attempts,
            Cost = CostOf(response.Usage, isByok),
        };
    }

    // On shared capacity the provider's price is told too, but it is in the credits.
    private static decimal? CostOf(ChatUsage? usage, bool? isByok) => usage?.Cost is not { } credits ? null
        : isByok is true ? credits + (usage.CostDetails?.Upstream ?? 0)
        : credits;

    private static int StatusOf(ChatError error) =>
        error.Code is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var status) ? status : 502;

    private static ChatResponse? Read(ReadOnlyMemory<byte> body) =>
        JsonSerializer.Deserialize(body.Span, ApiJson.Default.ChatResponse);
}
