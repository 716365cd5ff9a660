using System;
using System.Net.Http;
using System.Security;
using OpenRouter.Byok.Api.Secrets;

namespace OpenRouter.Byok.Api.Http;

/// <summary>One call of the API.</summary>
/// <typeparam name="T">The type that the response is read as.</typeparam>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below the base address, with its query.</param>
/// <param name="Read">Reads the body of a successful response.</param>
internal sealed record ApiRequest<T>(HttpMethod Method, string Path, Func<ReadOnlyMemory<byte>, ResponseInfo, T> Read)
    where T : class
{
    /// <summary>What the caller wanted, for messages, such as "Reading credential '…'".</summary>
    public required string Purpose { get; init; }

    /// <summary>Writes the JSON body, anew for each attempt, so that it need not be kept.</summary>
    public Action<SecretBuffer>? WriteBody { get; init; }

    /// <summary>The key to authorize with, in place of the session's management key.</summary>
    public SecureString? ApiKey { get; init; }

    /// <summary>A header beside the usual ones.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>The provider key in the body, to be taken out of whatever the server says.</summary>
    public SecureString? BodySecret { get; init; }

    /// <summary>
    /// The result when a repetition meets 404 because an earlier attempt without a response had done the work.
    /// </summary>
    public Func<T>? AlreadyDone { get; init; }

    /// <summary>How to find out what became of a request that is not safe to repeat.</summary>
    public IResponseRecovery<T>? Recovery { get; init; }

    /// <summary>
    /// Reads the body of a response other than success where that can be a result too; null leaves it a failure.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, ResponseInfo, T?>? ReadErrorResponse { get; init; }

    /// <summary>
    /// What to do after a 404, where that means that something was named which does not exist; null where it can only
    /// mean that there is no such endpoint at the address.
    /// </summary>
    public string? AdviceNotFound { get; init; }

    /// <summary>Whether it changes what exists.</summary>
    public bool IsUpdate => Method.Method == "PATCH";

    /// <summary>Whether taking effect twice is the same as taking effect once.</summary>
    public bool IsSafeToRepeat => Method != HttpMethod.Post;
}

/// <summary>What is known of a response besides its body.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="GenerationId">The id under which OpenRouter keeps what it generated.</param>
/// <param name="ClockSkew">
/// How far the server's clock is ahead of this computer's, by the date of the response; null when it has none.
/// </param>
/// <param name="Elapsed">From sending the request to the end of the response.</param>
internal readonly record struct ResponseInfo(int Status, string? GenerationId, TimeSpan? ClockSkew, TimeSpan Elapsed);
