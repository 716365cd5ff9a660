using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>
/// What a secret is made of: the parameters that were typed, and then the properties of a piped object.
/// </summary>
/// <param name="cmdlet">The cmdlet, whose properties hold the values.</param>
/// <param name="typed">The parameters that were typed, be it as null.</param>
/// <param name="piped">The piped object; null when there is none.</param>
internal sealed class SecretFields(Cmdlet cmdlet, ICollection<string> typed, PipedProperties? piped)
{
    /// <summary>The first of the parameters that has a value; null when none has.</summary>
    public string? FirstOf(params IReadOnlyList<string> parameters) => parameters.FirstOrDefault(Has);

    public bool Has(string parameter) => typed.Contains(parameter) || piped?.Value(parameter) is not null;

    /// <exception cref="OpenRouterException">It is missing, blank, or no text.</exception>
    public string Text(string parameter) => OptionalText(parameter) ?? throw Missing(parameter);

    /// <summary>The text; null when it is missing.</summary>
    /// <exception cref="OpenRouterException">It is blank, or no text.</exception>
    public string? OptionalText(string parameter) => typed.Contains(parameter)
        ? Validate.NotBlank(parameter, (string?)Typed(parameter) ?? "")
        : piped?.Raw(parameter) is { } value ? Validate.NotBlank(parameter, Arguments.TextOf(value)) : null;

    /// <exception cref="OpenRouterException">It is missing, plain text, or has what no key has.</exception>
    public SecureString Secret(string parameter)
    {
        if (!Has(parameter))
        {
            throw Missing(parameter);
        }

        var value = typed.Contains(parameter) ? Typed(parameter) : piped?.Raw(parameter);
        return Validate.KeyPart(
            parameter, (SecureString?)SecretArgumentAttribute.Instance.Transform(engineIntrinsics: null, value));
    }

    private object? Typed(string parameter) => cmdlet.GetType().GetProperty(parameter)?.GetValue(cmdlet);

    private static OpenRouterException Missing(string parameter) =>
        new(ErrorReason.InvalidArgument, Messages.SecretFieldMissing, parameter)
        {
            Advice = Messages.AdviceSecretFieldMissing,
        };
}
