using System;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>The result of testing a credential with one small request.</summary>
public sealed class ByokKeyTestResult
{
    /// <summary>The id of the credential; null for a key that is not stored.</summary>
    public string? KeyId { get; internal init; }

    /// <summary>The name of the credential, when it has one.</summary>
    public string? Name { get; internal init; }

    /// <summary>The masked snippet of the credential's key.</summary>
    public string Label { get; internal init; } = "";

    /// <summary>The slug of the provider.</summary>
    public string Provider { get; internal init; } = "";

    /// <summary>The outcome of the test.</summary>
    public ByokKeyTestOutcome Outcome { get; internal init; }

    /// <summary>Whether the request was certainly served on this credential.</summary>
    public bool Passed => Outcome == ByokKeyTestOutcome.Passed;

    /// <summary>
    /// Whether the last attempt ran on a credential of the account, either this one or another; null if this is not
    /// known.
    /// </summary>
    public bool? IsByok { get; internal init; }

    /// <summary>The HTTP status of OpenRouter's response; null if nothing was sent.</summary>
    public int? Status { get; internal init; }

    /// <summary>The HTTP status of the provider's response; null if there was none or it is not known.</summary>
    public int? UpstreamStatus { get; internal init; }

    /// <summary>Whether UpstreamStatus is the provider's response to this credential.</summary>
    public ByokKeyAttribution IsThisKey { get; internal init; }

    /// <summary>A short description of the outcome.</summary>
    public string Meaning { get; internal init; } = "";

    /// <summary>Why IsThisKey is what it is, or why nothing was sent.</summary>
    public string Explanation { get; internal init; } = "";

    /// <summary>The time from sending the request to the end of the response; null if nothing was sent.</summary>
    public TimeSpan? Latency { get; internal init; }

    /// <summary>The model that the request was for; null if none was found.</summary>
    public string? Model { get; internal init; }

    /// <summary>The id under which OpenRouter keeps the generation; null when there is none.</summary>
    public string? GenerationId { get; internal init; }

    /// <summary>
    /// The total cost in USD, in OpenRouter's credits and on the provider's bill; null if it is not known.
    /// </summary>
    public decimal? Cost { get; internal init; }

    /// <summary>The credential and the outcome.</summary>
    public override string ToString() => DisplayText.Escape($"{Name ?? Label} ({Provider}): {Outcome}");
}

/// <summary>The outcome of a test.</summary>
public enum ByokKeyTestOutcome
{
    /// <summary>The request was served on this credential.</summary>
    Passed,

    /// <summary>The provider refused this credential: 401, 402, 403 or 429.</summary>
    Failed,

    /// <summary>The request does not show whether this credential works.</summary>
    Inconclusive,

    /// <summary>Nothing was sent, because no request would use this credential.</summary>
    NotTested,
}

/// <summary>Whether a response is about a specific credential.</summary>
public enum ByokKeyAttribution
{
    /// <summary>It cannot be determined.</summary>
    Unknown,

    /// <summary>It is about another credential or OpenRouter's shared capacity.</summary>
    No,

    /// <summary>According to OpenRouter's routing rules, it is about this credential.</summary>
    Yes,
}
