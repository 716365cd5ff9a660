using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Text.RegularExpressions;
using OpenRouter.Byok.Api;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.Cmdlets;

/// <summary>The rules of the API that can be checked before anything is sent.</summary>
internal static class Validate
{
    private const int LongestName = 255;

    private const int LongestList = 100;

    private static readonly Regex Hash = new("^[0-9a-f]{64}\\z", RegexOptions.CultureInvariant);

    public static string NotBlank(string parameter, string value) =>
        string.IsNullOrWhiteSpace(value) ? throw Invalid(Messages.Blank, parameter) : value;

    public static string? NullOrNotBlank(string parameter, string? value) =>
        value is null ? null : NotBlank(parameter, value);

    public static string Id(string id)
    {
        NotBlank("Id", id);
        return id is "." or ".." ? throw Invalid(Messages.IdOfDots, id) : id;
    }

    public static string? Name(string? name)
    {
        if (name is null) return null;
        if (string.IsNullOrWhiteSpace(name)) throw Invalid(Messages.BlankName);
        return name.Length > LongestName ? throw Invalid(Messages.NameTooLong, name.Length) : name;
    }

    public static IReadOnlyList<string>? Entries(string parameter, string[]? entries)
    {
        if (entries is null) return null;
        if (entries.Length == 0) throw Invalid(Messages.ListEmpty, parameter);
        if (entries.Length > LongestList) throw Invalid(Messages.ListTooLong, parameter, entries.Length);
        return entries.Any(string.IsNullOrWhiteSpace) ? throw Invalid(Messages.ListBlankEntry, parameter) : entries;
    }

    public static IReadOnlyList<string>? Hashes(string parameter, string[]? hashes)
    {
        Entries(parameter, hashes);
        for (var index = 0; index < hashes?.Length; index++)
        {
            // The entry is not repeated: it may be the API key itself, taken for its hash.
            if (!Hash.IsMatch(hashes[index])) throw Invalid(Messages.BadHash, parameter, index + 1);
        }

        return hashes;
    }

    public static string? HashOrNull(string parameter, string? hash) =>
        hash is null || Hash.IsMatch(hash) ? hash : throw Invalid(Messages.BadHash, parameter, 1);

    public static OpenRouterException TwoForms(string parameter, string other) =>
        Invalid(Messages.TwoForms, parameter, other);

    public static SecureString Key(SecureString key)
    {
        if (ReferenceEquals(key, SecretArgumentAttribute.PlainText)) throw Invalid(Messages.NeedsSecureString);
        return key.Length == 0 ? throw Invalid(Messages.EmptyKey) : key;
    }

    public static SecureString ManagementKey(SecureString key) => HeaderKey(key, Messages.KeyCharacters);

    public static SecureString ApiKey(SecureString key) => HeaderKey(key, Messages.ApiKeyCharacters);

    /// <summary>A key must fit into a header: whatever else it holds could forge one.</summary>
    private static SecureString HeaderKey(SecureString key, string wrongCharacters)
    {
        Key(key);
        using var text = new SecretText(key);
        foreach (var character in text.Characters)
        {
            if (character is <= ' ' or > '~') throw Invalid(wrongCharacters);
        }

        return key;
    }

    public static OpenRouterException Excluding() => Invalid(Messages.FallbackWithByokOnly);

    public static OpenRouterException WorkspacesTwice(string parameter, string other) =>
        Invalid(Messages.WorkspacesTwice, parameter, other);

    private static OpenRouterException Invalid(string format, params object?[] arguments) =>
        new(ErrorReason.InvalidArgument, format, arguments);
}
