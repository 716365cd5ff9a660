using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>The settings that New and Set take alike.</summary>
internal interface ICredentialSettings
{
    SecureString? Key { get; }

    string[]? AllowedModel { get; }

    string[]? AllowedApiKey { get; }

    string[]? AllowedApiKeyHash { get; }

    string[]? AllowedUser { get; }

    string[]? AllowedUserId { get; }

    SwitchParameter Disabled { get; }

    SwitchParameter Fallback { get; }

    SwitchParameter Required { get; }

    SwitchParameter ByokOnly { get; }

    bool? DeclaredZdr { get; }

    string? DeclaredRegion { get; }
}

/// <summary>
/// Reads the settings that were typed to New and Set. They must hold something: an empty value may be a look-up that
/// found nothing, and must not lift a restriction.
/// </summary>
/// <param name="given">The cmdlet.</param>
/// <param name="parameters">The parameters that were typed, be it as null.</param>
/// <param name="whatToDo">What to do about a parameter that was typed with nothing in it.</param>
internal sealed class CredentialSettings(
    ICredentialSettings given, IEnumerable<string> parameters, Func<string, string> whatToDo)
{
    private readonly HashSet<string> typed = new(parameters, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the parameter was typed.</summary>
    public bool IsTyped(string parameter) => typed.Contains(parameter);

    /// <summary>The settings as they were typed. API keys and members may still be names.</summary>
    /// <exception cref="OpenRouterException">
    /// A value breaks a rule of the API, or was typed with nothing in it.
    /// </exception>
    public ByokKeyChanges Read() => new()
    {
        Key = Has(nameof(given.Key), given.Key) ? Validate.Key(given.Key!) : null,
        AllowedModels = List(nameof(given.AllowedModel), given.AllowedModel, Validate.Entries),
        AllowedApiKeyHashes = Validate.OneOf(
            nameof(given.AllowedApiKey), List(nameof(given.AllowedApiKey), given.AllowedApiKey, Validate.Entries),
            nameof(given.AllowedApiKeyHash),
            List(nameof(given.AllowedApiKeyHash), given.AllowedApiKeyHash, Validate.Hashes)),
        AllowedUserIds = Validate.OneOf(
            nameof(given.AllowedUser), List(nameof(given.AllowedUser), given.AllowedUser, Validate.Entries),
            nameof(given.AllowedUserId), List(nameof(given.AllowedUserId), given.AllowedUserId, Validate.Entries)),
        Disabled = Flag(nameof(given.Disabled), given.Disabled),
        IsFallback = Flag(nameof(given.Fallback), given.Fallback),
        IsRequired = Flag(nameof(given.Required), given.Required),
        IsByokOnly = Flag(nameof(given.ByokOnly), given.ByokOnly),
        DeclaredZdr = Has(nameof(given.DeclaredZdr), given.DeclaredZdr)
            ? given.DeclaredZdr
            : default(Optional<bool?>),
        DeclaredRegion = Text(nameof(given.DeclaredRegion), given.DeclaredRegion, Validate.Region),
    };

    /// <summary>A text as it was typed.</summary>
    public Optional<string?> Text(string parameter, string? text, Func<string, string> validate) =>
        Has(parameter, text) ? validate(Validate.NotBlank(parameter, text!)) : default(Optional<string?>);

    /// <summary>The entries of a list as they were typed; none when they were not.</summary>
    public IReadOnlyList<string> Entries(string parameter, string[]? entries) =>
        List(parameter, entries, Validate.Entries).Value ?? [];

    private Optional<IReadOnlyList<string>?> List(
        string parameter, string[]? entries, Func<string, string[], IReadOnlyList<string>> validate)
    {
        var isEmpty = entries is null or [] || (entries is [var only] && string.IsNullOrWhiteSpace(only));
        return Has(parameter, isEmpty ? null : entries)
            ? new Optional<IReadOnlyList<string>?>(validate(parameter, entries!), IsPresent: true)
            : default;
    }

    private Optional<bool> Flag(string parameter, SwitchParameter flag) =>
        IsTyped(parameter) ? (bool)flag : default(Optional<bool>);

    private bool Has(string parameter, object? value)
    {
        if (!IsTyped(parameter)) return false;
        if (value is null || (value is string text && string.IsNullOrWhiteSpace(text)))
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.EmptySetting, parameter)
            {
                Advice = whatToDo(parameter),
            };
        }

        return true;
    }
}
