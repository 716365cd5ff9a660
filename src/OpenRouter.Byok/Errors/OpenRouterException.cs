using System;

namespace OpenRouter.Byok.Errors;

/// <summary>The one exception of this module. Its text is fit for people and holds no secret.</summary>
internal sealed class OpenRouterException : Exception
{
    public OpenRouterException(ErrorReason reason, string message)
        : base(message)
    {
        Reason = reason;
    }

    public OpenRouterException(ErrorReason reason, string format, params object?[] arguments)
        : this(reason, Messages.Format(format, arguments))
    {
    }

    public ErrorReason Reason { get; }

    /// <summary>What to do about it, when that is more than the reason's usual advice.</summary>
    public string? Advice { get; init; }

    public int? StatusCode { get; init; }

    /// <summary>The request may have taken effect although its answer says nothing usable.</summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>How long the server asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Repeating cannot help: the address, its certificate or the whole shape of the answer is wrong.
    /// </summary>
    public bool IsPermanent { get; init; }

    /// <summary>What is wrong is wrong for every other item of the command too.</summary>
    public bool EndsCommand =>
        Reason is ErrorReason.Unauthorized or ErrorReason.NotInferenceKey or ErrorReason.SessionClosed;

    public string RecommendedAction =>
        Advice ?? Messages.ResourceManager.GetString("Advice" + Reason, Messages.Culture)!;

    /// <summary>The same failure with a sentence more.</summary>
    public OpenRouterException WithSentence(string sentence) => Copy(Message + " " + sentence, Advice);

    /// <summary>The same failure with another advice.</summary>
    public OpenRouterException WithAdvice(string? advice) => Copy(Message, advice ?? Advice);

    private OpenRouterException Copy(string message, string? advice) => new(Reason, message)
    {
        Advice = advice,
        StatusCode = StatusCode,
        IsOutcomeUnknown = IsOutcomeUnknown,
        RetryAfter = RetryAfter,
        IsPermanent = IsPermanent,
    };
}
