using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using OpenRouter.Byok.Api.Http;
using OpenRouter.Byok.Api.Json;

namespace OpenRouter.Byok.Api;

/// <summary>What came of a test request, as far as the answer tells.</summary>
internal sealed record CredentialTestResponse
{
    /// <summary>The HTTP status; that of the error when a provider broke off after the headers were out.</summary>
    public required int Status { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public string? GenerationId { get; init; }

    /// <summary>Whether what answered last ran on a credential of the account; null when that is not told.</summary>
    public bool? IsByok { get; init; }

    /// <summary>Whether the refusal is a provider's; when not, it is OpenRouter's own.</summary>
    public bool IsOfProvider { get; init; }

    /// <summary>What was tried, in order; empty when that is not told.</summary>
    public IReadOnlyList<RouterAttempt> Attempts { get; init; } = [];

    /// <summary>What it cost in USD, OpenRouter's credits and the provider's bill together.</summary>
    public decimal? Cost { get; init; }

    public bool IsServed => Status == 200;

    /// <exception cref="JsonException">It is no chat completion.</exception>
    public static CredentialTestResponse Served(ReadOnlyMemory<byte> body, ResponseInfo info)
    {
        var answer = Read(body) ?? throw new JsonException("The answer is null.");
        var error = answer.Error ?? answer.Choices?.FirstOrDefault(choice => choice?.Error is not null)?.Error;
        if (error is null && answer.Choices is null) throw new JsonException("The answer has no choices.");
        return Of(answer, error, error is null ? info.Status : StatusOf(error), info) with { IsOfProvider = true };
    }

    /// <summary>
    /// The refusal as an answer about the credential; null when it is about the caller or the request.
    /// </summary>
    public static CredentialTestResponse? Refused(ReadOnlyMemory<byte> body, ResponseInfo info)
    {
        ChatResponse? answer;
        try
        {
            answer = Read(body);
        }
        catch (JsonException)
        {
            // An edge answers in HTML.
            answer = null;
        }

        var isOfProvider = answer?.Error?.Metadata?.ProviderName is not null
            || RouterMetadata.Read(answer?.Metadata).Attempts.Count > 0;
        if (!isOfProvider && info.Status is not (404 or 408 or >= 500)) return null;
        answer ??= new ChatResponse(null, null, null, null, null);
        return Of(answer, answer.Error, info.Status, info) with { IsOfProvider = isOfProvider };
    }

    private static CredentialTestResponse Of(ChatResponse answer, ChatError? error, int status, ResponseInfo info)
    {
        var metadata = RouterMetadata.Read(answer.Metadata);
        var isByok = answer.Usage?.IsByok ?? metadata.IsByok ?? error?.Metadata?.IsByok;
        return new CredentialTestResponse
        {
            Status = status,
            Elapsed = info.Elapsed,
            GenerationId = info.GenerationId ?? ResponseHeaders.Id(answer.Id),
            IsByok = isByok,
            Attempts = metadata.Attempts,
            Cost = CostOf(answer.Usage, isByok),
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
