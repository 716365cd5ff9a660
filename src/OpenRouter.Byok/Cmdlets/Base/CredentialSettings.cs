using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

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
/// Reads the settings of New and Set. What was typed must hold something: an empty value may be a look-up that found
/// nothing, and must not lift a restriction. What a piped object leaves empty is not given.
/// </summary>
/// <param name="given">The cmdlet.</param>
/// <param name="isBound">Whether a parameter was given, be it as null.</param>
/// <param name="whatToDo">What to do about a parameter that was typed with nothing in it.</param>
internal sealed class CredentialSettings(
    ICredentialSettings given, Func<string, bool> isBound, Func<string, string> whatToDo)
{
    private HashSet<string> typed = [];

    /// <summary>Remembers what was typed, which is what is bound before the first object of the pipeline.</summary>
    public void RememberTyped(IEnumerable<string> parameters) =>
        typed = new HashSet<string>(parameters, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the parameter was typed, so that it is the same for every input.</summary>
    public bool IsTyped(string parameter) => typed.Contains(parameter);

    /// <summary>The settings as they were given. API keys and members may still be names.</summary>
    /// <exception cref="OpenRouterException">
    /// A value breaks a rule of the API, or was typed with nothing in it.
    /// </exception>
    public ByokKeyChanges Read() => new()
    {
        Key = given.Key is null ? null : Validate.Key(given.Key),
        AllowedModels = List(nameof(given.AllowedModel), given.AllowedModel, Validate.Entries),
        AllowedApiKeyHashes = OneOf(
            nameof(given.AllowedApiKey), List(nameof(given.AllowedApiKey), given.AllowedApiKey, Validate.Entries),
            nameof(given.AllowedApiKeyHash),
            List(nameof(given.AllowedApiKeyHash), given.AllowedApiKeyHash, Validate.Hashes)),
        AllowedUserIds = OneOf(
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

    /// <summary>A text as it was given.</summary>
    public Optional<string?> Text(string parameter, string? text, Func<string, string> validate) =>
        Has(parameter, text) ? validate(text!) : default(Optional<string?>);

    /// <summary>The entries of a list as they were given; none when they were not.</summary>
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
        isBound(parameter) ? (bool)flag : default(Optional<bool>);

    // A blank cell of a CSV file is no value; nothing where something was typed is a mistake.
    private bool Has(string parameter, object? value)
    {
        if (!isBound(parameter)) return false;
        var isEmpty = value is null || (value is string text && string.IsNullOrWhiteSpace(text));
        if (isEmpty && IsTyped(parameter))
        {
            throw new OpenRouterException(ErrorReason.InvalidArgument, Messages.EmptySetting, parameter)
            {
                Advice = whatToDo(parameter),
            };
        }

        return !isEmpty;
    }

    private static Optional<IReadOnlyList<string>?> OneOf(
        string parameter,
        Optional<IReadOnlyList<string>?> entries,
        string otherParameter,
        Optional<IReadOnlyList<string>?> others)
    {
        if (entries.IsPresent && others.IsPresent) throw Validate.TwoForms(parameter, otherParameter);
        return entries.IsPresent ? entries : others;
    }
}
