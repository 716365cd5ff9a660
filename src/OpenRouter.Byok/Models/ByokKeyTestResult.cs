using System;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok;

/// <summary>What one small request told about a credential.</summary>
public sealed class ByokKeyTestResult
{
    /// <summary>The id of the credential.</summary>
    public string KeyId { get; internal init; } = "";

    /// <summary>The name of the credential, when it has one.</summary>
    public string? Name { get; internal init; }

    /// <summary>The masked snippet of the credential's key.</summary>
    public string Label { get; internal init; } = "";

    /// <summary>The slug of the provider.</summary>
    public string Provider { get; internal init; } = "";

    /// <summary>The verdict.</summary>
    public ByokKeyTestOutcome Outcome { get; internal init; }

    /// <summary>Whether the request was certainly served on this credential.</summary>
    public bool Passed => Outcome == ByokKeyTestOutcome.Passed;

    /// <summary>
    /// Whether what answered last ran on a credential of the account, be it this one or another; null when that is not
    /// told.
    /// </summary>
    public bool? IsByok { get; internal init; }

    /// <summary>The HTTP status of OpenRouter's answer; null when nothing was sent.</summary>
    public int? Status { get; internal init; }

    /// <summary>The status with which the provider answered; null when it was not asked, or is not told.</summary>
    public int? UpstreamStatus { get; internal init; }

    /// <summary>Whether UpstreamStatus is what the provider answered to this credential.</summary>
    public ByokKeyAttribution IsThisKey { get; internal init; }

    /// <summary>What came of it, in words.</summary>
    public string Meaning { get; internal init; } = "";

    /// <summary>Why IsThisKey is what it is, or why nothing was sent.</summary>
    public string Explanation { get; internal init; } = "";

    /// <summary>From sending the request to the end of the answer; null when nothing was sent.</summary>
    public TimeSpan? Latency { get; internal init; }

    /// <summary>The model that was asked; null when none was found.</summary>
    public string? Model { get; internal init; }

    /// <summary>The id under which OpenRouter keeps the generation; null when there is none.</summary>
    public string? GenerationId { get; internal init; }

    /// <summary>
    /// What it cost in USD, OpenRouter's credits and the provider's bill together; null when it is not told.
    /// </summary>
    public decimal? Cost { get; internal init; }

    /// <summary>The credential and the verdict.</summary>
    public override string ToString() => DisplayText.Escape($"{Name ?? Label} ({Provider}): {Outcome}");
}

/// <summary>The verdict of a test.</summary>
public enum ByokKeyTestOutcome
{
    /// <summary>The request was served on this credential.</summary>
    Passed,

    /// <summary>The provider refused this credential: 401, 402, 403 or 429.</summary>
    Failed,

    /// <summary>The request says nothing for certain about this credential.</summary>
    Inconclusive,

    /// <summary>Nothing was sent, since no request would come to this credential.</summary>
    NotTested,
}

/// <summary>Whether an answer is about a certain credential.</summary>
public enum ByokKeyAttribution
{
    /// <summary>It cannot be told.</summary>
    Unknown,

    /// <summary>It is about another one, or about OpenRouter's shared capacity.</summary>
    No,

    /// <summary>By OpenRouter's routing rules it is about this one.</summary>
    Yes,
}
