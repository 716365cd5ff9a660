using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;
using OpenRouter.Byok.KeyFormats;

namespace OpenRouter.Byok.Cmdlets.Binding;

/// <summary>The rules of the API that can be checked before anything is sent.</summary>
internal static class Validate
{
    private const int MaximumNameLength = 255;

    private const int MaximumEntries = 100;

    /// <exception cref="OpenRouterException">The value is blank, or stands in for what is no text.</exception>
    public static string NotBlank(string parameter, string value) =>
        string.IsNullOrWhiteSpace(value) ? throw Invalid(Messages.Blank, parameter) : Text(parameter, value);

    /// <exception cref="OpenRouterException">It is blank, or a key, which must not get into an address.</exception>
    public static string Provider(string slug) => NameResolver.IsKeyItself(NotBlank("Provider", slug))
        ? throw Invalid(Messages.KeyInsteadOfName)
        : slug;

    /// <summary>The one provider that a key is for.</summary>
    /// <exception cref="OpenRouterException">There are several, it has wildcards, or it is not valid.</exception>
    public static string OneProvider(string[] slugs) =>
        slugs is [var only] && !WildcardPattern.ContainsWildcardCharacters(only)
            ? Provider(only)
            : throw Invalid(Messages.OneProvider);

    public static string? NullOrNotBlank(string parameter, string? value) =>
        value is null ? null : NotBlank(parameter, value);

    /// <param name="id">What KeyIdArgument made of the input: an id, or a description of what is none.</param>
    public static string Id(string id) =>
        Uuid.Normalize(NotBlank("Id", id)) ?? throw Invalid(Messages.NotAKeyId, id);

    /// <param name="id">What WorkspaceIdArgument made of the input.</param>
    public static string WorkspaceId(string id) =>
        Uuid.Normalize(NotBlank("WorkspaceId", id)) ?? throw Invalid(Messages.NotAWorkspaceId, id);

    /// <param name="hash">What HashArgument made of the input.</param>
    public static string ApiKeyHash(string hash) =>
        KeyHash.IsHash(hash) ? hash : throw Invalid(Messages.NotAnApiKeyHash, hash);

    public static string Name(string name) =>
        name.Length > MaximumNameLength ? throw Invalid(Messages.NameTooLong, name.Length) : name;

    /// <summary>A text that was typed, as it is sent.</summary>
    public static string Text(TextSetting setting, string text)
    {
        if (setting == CredentialSettings.Name)
        {
            Name(text);
        }

        return setting.IsFreeText ? text : text.Trim();
    }

    public static IReadOnlyList<string> Entries(string parameter, string[] entries)
    {
        foreach (var entry in entries)
        {
            Text(parameter, entry);
        }

        if (entries.Length > MaximumEntries)
        {
            throw Invalid(Messages.ListTooLong, parameter, entries.Length);
        }

        return entries.Any(string.IsNullOrWhiteSpace) ? throw Invalid(Messages.ListBlankEntry, parameter) : entries;
    }

    public static IReadOnlyList<string> Hashes(string parameter, string[] hashes)
    {
        Entries(parameter, hashes);
        for (var index = 0; index < hashes.Length; index++)
        {
            // The entry is not repeated: it may be the API key itself, taken for its hash.
            if (!KeyHash.IsHash(hashes[index]))
            {
                throw Invalid(Messages.InvalidHashEntry, parameter, index + 1);
            }
        }

        return hashes;
    }

    /// <summary>The entries of a list that was not given by name.</summary>
    public static IReadOnlyList<string> Ids(ListSetting list, string parameter, string[] entries) =>
        list == CredentialSettings.AllowedApiKeyHashes ? Hashes(parameter, entries) : Entries(parameter, entries);

    public static string? HashOrNull(string parameter, string? hash) =>
        hash is null || KeyHash.IsHash(hash) ? hash : throw Invalid(Messages.InvalidHashEntry, parameter, 1);

    public static OpenRouterException TwoForms(string parameter, string other) =>
        Invalid(Messages.TwoForms, parameter, other);

    /// <summary>The list that was given in one of its two forms; null when it was not.</summary>
    public static IReadOnlyList<string>? OneForm(ListSetting list, NameList? names, IReadOnlyList<string>? ids) =>
        names is not null && ids is not null ? throw TwoForms(list.ClearName, list.Parameter) : names ?? ids;

    public static SecureString Key(SecureString key)
    {
        if (ReferenceEquals(key, SecretArgumentAttribute.PlainText))
        {
            throw Invalid(Messages.NeedsSecureString);
        }

        return key.Length == 0 ? throw Invalid(Messages.EmptyKey) : key;
    }

    /// <summary>A provider's key, as far as it can be judged before it is sent.</summary>
    public static SecureString ProviderKey(SecureString key) => KeyInspection.Check(Key(key));

    /// <summary>One of the secrets that a provider's key is made of.</summary>
    public static SecureString KeyPart(string parameter, SecureString? part)
    {
        if (ReferenceEquals(part, SecretArgumentAttribute.PlainText))
        {
            throw Invalid(Messages.NeedsSecureString);
        }

        return part is not { Length: > 0 }
            ? throw Invalid(Messages.SecretPartEmpty, parameter)
            : KeyInspection.CheckPart(part, parameter);
    }

    public static SecureString ManagementKey(SecureString key) => HeaderKey(key, Messages.KeyCharacters);

    public static SecureString ApiKey(SecureString key) => HeaderKey(key, Messages.ApiKeyCharacters);

    /// <summary>A key must fit into a header: whatever else it holds could forge one.</summary>
    private static SecureString HeaderKey(SecureString key, string wrongCharacters)
    {
        Key(key);
        using var text = new SecretText(key);
        return SecretText.IsValidInHeader(text.Characters) ? key : throw Invalid(wrongCharacters);
    }

    public static OpenRouterException Requiring(string parameter, string other) =>
        Invalid(Messages.RequiresParameter, parameter, other);

    public static OpenRouterException Excluding(string parameter, string other) =>
        Invalid(Messages.Excluding, parameter, other);

    /// <summary>Holds settings, which may be those of a piped object, to the rules of the API.</summary>
    public static ByokKeyChanges Settings(ByokKeyChanges settings)
    {
        if (settings.Key is { } key)
        {
            ProviderKey(key);
        }

        if (settings.Name.Value is { } name)
        {
            Name(name);
        }

        foreach (var list in CredentialSettings.Lists)
        {
            if (settings.Get(list).Value is { } entries)
            {
                List(list, entries);
            }
        }

        // A credential cannot be tried after the endpoints that it removes.
        return settings.Get(CredentialSettings.IsFallback).Value && settings.Get(CredentialSettings.IsByokOnly).Value
            ? throw Invalid(Messages.FallbackWithByokOnly)
            : settings;
    }

    // What an empty list means nobody can tell: nothing may use the credential, or anything.
    private static void List(ListSetting list, IReadOnlyList<string> entries)
    {
        if (entries.Count == 0)
        {
            throw Invalid(Messages.PipedListEmpty, list.Property);
        }

        if (entries is NameList)
        {
            Entries(list.Property, [.. entries]);
        }
        else
        {
            Ids(list, list.Property, [.. entries]);
        }
    }

    private static string Text(string parameter, string value) => Arguments.DescriptionIn(value) is { } description
        ? throw Invalid(Messages.NotText, parameter, description)
        : value;

    private static OpenRouterException Invalid(string format, params object?[] arguments) =>
        new(ErrorReason.InvalidArgument, format, arguments);
}
