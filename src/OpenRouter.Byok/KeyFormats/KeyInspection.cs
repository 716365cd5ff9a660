using System;
using System.Globalization;
using System.Security;
using System.Text.Json;
using OpenRouter.Byok.Account;
using OpenRouter.Byok.Api.Secrets;
using OpenRouter.Byok.Errors;

namespace OpenRouter.Byok.KeyFormats;

/// <summary>
/// Looks at a key before it is sent: errors for what no key has, and warnings for what the provider's keys are not said
/// to be, since the API does not document what it checks.
/// </summary>
internal static class KeyInspection
{
    private static readonly string[] BedrockFields = ["accessKeyId", "secretAccessKey", "region"];

    private static readonly string[] RegionalFields = ["api_key", "region"];

    /// <summary>Refuses a plain key with what does not belong to it.</summary>
    /// <exception cref="OpenRouterException">The key has it. The error shows nothing of the key.</exception>
    public static SecureString Check(SecureString key)
    {
        using var text = new SecretText(key);
        if (!IsJson(text.Characters))
        {
            CheckPlain(text.Characters, Messages.SubjectKey);
        }

        return key;
    }

    /// <summary>The same for a part of a key, which is never JSON itself.</summary>
    public static SecureString CheckPart(SecureString part, string parameter) =>
        CheckPart(part, Messages.Format(Messages.SubjectParameter, parameter), canBeJson: false);

    /// <summary>The same for the value of a field of a key that is JSON.</summary>
    public static SecureString CheckField(SecureString value, string field, bool canBeJson) =>
        CheckPart(value, Messages.Format(Messages.SubjectField, field), canBeJson);

    /// <summary>What is odd about the key for this provider; null when nothing is.</summary>
    public static string? Warning(string provider, SecureString key)
    {
        using var text = new SecretText(key);
        if (!IsJson(text.Characters))
        {
            return provider switch
            {
                "azure" => Messages.WarnAzurePlain,
                "google-vertex" => Messages.Format(Messages.WarnServiceAccount, Messages.FaultNoJson),
                _ => null,
            };
        }

        using var json = new SecretBuffer();
        json.Append(text.Characters);
        return WarningOfJson(provider, json.Written.Span);
    }

    private static SecureString CheckPart(SecureString part, string subject, bool canBeJson)
    {
        using var text = new SecretText(part);
        if (!IsJson(text.Characters))
        {
            CheckPlain(text.Characters, subject);
        }
        else if (!canBeJson)
        {
            throw Invalid(Messages.PartIsJson, subject, Messages.AdvicePartIsJson);
        }

        return part;
    }

    private static string? WarningOfJson(string provider, ReadOnlySpan<byte> json) => provider switch
    {
        "azure" => JsonShape.KindOf(json) switch
        {
            null => Malformed(provider),
            JsonTokenType.StartArray => null,
            _ => Messages.WarnAzureNoArray,
        },
        "google-vertex" => ServiceAccount.FaultOf(json) is { } fault
            ? Messages.Format(Messages.WarnServiceAccount, fault)
            : null,
        "amazon-bedrock" => WarningOfFields(provider, json, BedrockFields),
        "openai" or "fireworks" => WarningOfFields(provider, json, RegionalFields),
        // Their keys are not documented.
        "claude-on-aws" or "amazon-bedrock/claude-on-aws" => null,
        _ when KnownProviders.Contain(provider) => Messages.Format(Messages.WarnJsonForPlain, provider),
        _ => null,
    };

    private static string? WarningOfFields(string provider, ReadOnlySpan<byte> json, string[] fields)
    {
        if (JsonShape.KindOf(json) is not { } kind)
        {
            return Malformed(provider);
        }

        foreach (var field in fields)
        {
            if (kind != JsonTokenType.StartObject || !JsonShape.HasText(json, field))
            {
                return Messages.Format(Messages.WarnJsonFields, provider, string.Join(", ", fields));
            }
        }

        return null;
    }

    private static string Malformed(string provider) => Messages.Format(Messages.WarnMalformedJson, provider);

    private static bool IsJson(ReadOnlySpan<char> key) => key.TrimStart() is ['{' or '[', ..];

    private static void CheckPlain(ReadOnlySpan<char> key, string subject)
    {
        if (key.IsEmpty)
        {
            return;
        }

        var trimmed = key.Trim();
        if (trimmed.Length < key.Length)
        {
            var isLineBreak = key.Slice(0, key.Length - key.TrimStart().Length).IndexOfAny('\r', '\n') >= 0
                || key.Slice(key.TrimEnd().Length).IndexOfAny('\r', '\n') >= 0;
            throw isLineBreak
                ? Invalid(Messages.KeyLineBreak, subject, Messages.AdviceKeyLineBreak)
                : Invalid(Messages.KeySpace, subject, Messages.AdviceKeySpace);
        }

        if (key.Length > 1 && IsQuoted(key[0], key[key.Length - 1]))
        {
            throw Invalid(Messages.KeyQuotes, subject, Messages.AdviceKeyQuotes);
        }

        foreach (var character in key)
        {
            if (IsInvisible(character))
            {
                throw Invalid(Messages.KeyControlCharacter, subject, Messages.AdviceKeyControlCharacter);
            }
        }
    }

    private static bool IsQuoted(char first, char last) => (first, last) is
        ('"', '"') or ('\'', '\'') or ('`', '`') or ('\u201C', '\u201D') or ('\u2018', '\u2019');

    private static bool IsInvisible(char character) => CharUnicodeInfo.GetUnicodeCategory(character) is
        UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static OpenRouterException Invalid(string message, string subject, string advice) =>
        new(ErrorReason.InvalidArgument, message, subject) { Advice = advice };
}
