using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Configuration;

/// <summary>Makes the errors of secrets that cannot be had. They begin with the place of the reference.</summary>
internal static class KeyUnavailable
{
    /// <param name="reference">The reference to the secret.</param>
    /// <param name="advice">What to do; null for the usual advice.</param>
    /// <param name="format">A message that repeats nothing of the secret.</param>
    /// <param name="arguments">The arguments of the message.</param>
    public static OpenRouterException Because(
        KeyReference reference, string? advice, string format, params object?[] arguments) =>
        new(
            ErrorReason.SecretUnavailable,
            $"{DisplayText.Escape(reference.Position.ToString())}: {Messages.Format(format, arguments)}")
        {
            Advice = advice,
        };

    /// <summary>The error for a value that is no key, as the rules of keys say.</summary>
    public static OpenRouterException Because(KeyReference reference, OpenRouterException unusable) => Because(
        reference,
        unusable.Advice,
        Messages.SourceUnusable,
        KeyReferenceText.Describe(reference),
        unusable.Message);
}
