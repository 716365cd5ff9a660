using System;
using System.Net.Http;
using System.Security;
using OpenRouter.Byok.Api.Secrets;

namespace OpenRouter.Byok.Api.Http;

/// <summary>A request to the API.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below the base address, including the query.</param>
/// <param name="Read">Reads the body of a successful response.</param>
internal sealed record ApiRequest<T>(HttpMethod Method, string Path, Func<ReadOnlyMemory<byte>, ResponseInfo, T> Read)
    where T : class
{
    /// <summary>What the request is for, in messages: for example, "Reading credential '…'".</summary>
    public required string Purpose { get; init; }

    /// <summary>Writes the JSON body. It is called for each attempt, so that the body is not kept.</summary>
    public Action<SecretBuffer>? WriteBody { get; init; }

    /// <summary>The key to authorize with, instead of the management key of the session.</summary>
    public SecureString? ApiKey { get; init; }

    /// <summary>An additional header.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>The provider key in the body, which is removed from the text of error responses.</summary>
    public SecureString? BodySecret { get; init; }

    /// <summary>
    /// Returns the result if a retry gets a 404 because an earlier attempt, whose response was lost, took effect.
    /// </summary>
    public Func<T>? GetResultIfNotFound { get; init; }

    /// <summary>Finds out whether a request that is not safe to repeat took effect.</summary>
    public IResponseRecovery<T>? Recovery { get; init; }

    /// <summary>
    /// Reads the body of an error response that can be a result too; if it returns null, the request has failed.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, ResponseInfo, T?>? ReadErrorResponse { get; init; }

    /// <summary>
    /// The advice after a 404 if it means that the requested object does not exist; null if it can only mean that the
    /// address has no such endpoint.
    /// </summary>
    public string? NotFoundAdvice { get; init; }

    /// <summary>
    /// How long an attempt that is under way may go on after the caller canceled the request. If the response comes by
    /// then, it is the result. Retries and waits end at once.
    /// </summary>
    public TimeSpan StopDelay { get; init; }

    /// <summary>Whether the request changes an existing object.</summary>
    public bool IsUpdate => Method.Method == "PATCH";

    /// <summary>Whether the request has the same effect if it is sent twice.</summary>
    public bool IsSafeToRepeat => Method != HttpMethod.Post;
}

/// <summary>Information about a response other than its body.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="GenerationId">The id that OpenRouter gave the generation.</param>
/// <param name="ClockSkew">
/// How far the server's clock is ahead of the local clock, by the Date header of the response; null without one.
/// </param>
/// <param name="Elapsed">The time from sending the request to the end of the response.</param>
internal readonly record struct ResponseInfo(int Status, string? GenerationId, TimeSpan? ClockSkew, TimeSpan Elapsed);
