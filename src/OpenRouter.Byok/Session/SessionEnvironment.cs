using System;
using System.Linq;
using System.Security;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Session;

/// <summary>What the environment says of key and address, by the names that OpenRouter's guides and SDK use.</summary>
internal static class SessionEnvironment
{
    private const string BaseUriVariable = "OPENROUTER_BASE_URL";

    private const string ApiKeyVariable = "OPENROUTER_API_KEY";

    private static readonly string[] KeyVariables = ["OPENROUTER_MANAGEMENT_KEY", ApiKeyVariable];

    /// <summary>The management key.</summary>
    /// <exception cref="OpenRouterException">What the variable holds cannot be a key.</exception>
    public static EnvironmentKey? Key() => KeyVariables.Select(Read).FirstOrDefault(key => key is not null);

    /// <summary>The key for inference.</summary>
    /// <exception cref="OpenRouterException">What the variable holds cannot be a key.</exception>
    public static EnvironmentKey? ApiKey() => Read(ApiKeyVariable);

    private static EnvironmentKey? Read(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable)?.Trim() is not { Length: > 0 } value)
        {
            return null;
        }

        if (!SecretText.IsValidInHeader(value.AsSpan()))
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.VariableCharacters, variable)
            {
                Advice = Messages.Format(Messages.AdviceVariable, variable),
            };
        }

        return new EnvironmentKey(variable, SecretText.ToSecureString(value));
    }

    /// <exception cref="OpenRouterException">
    /// The variable holds an address that a key must not be sent to.
    /// </exception>
    public static Uri BaseUri()
    {
        var value = Environment.GetEnvironmentVariable(BaseUriVariable)?.Trim();
        return string.IsNullOrEmpty(value)
            ? BaseAddress.Default
            : BaseAddress.Check(BaseAddress.Read(value!), BaseUriVariable);
    }
}

internal sealed record EnvironmentKey(string Source, SecureString Text) : IDisposable
{
    public void Dispose() => Text.Dispose();
}
